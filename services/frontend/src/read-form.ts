import { ServiceError } from '@secure-ecommerce/kit/service-error'
import express, { type RequestHandler } from 'express'
import { isRead } from './same-origin.ts'

/** Room for the longest description of a product, in which each character of Chinese takes nine. */
const readFields = express.urlencoded({ extended: false, limit: '64kb', inflate: false, parameterLimit: 20 })

/** Reads a form's fields into `req.body`; a field sent twice becomes a list, which no schema here accepts. */
export const readForm: RequestHandler = (req, res, next) => {
  if (isRead(req)) return next()
  if (req.is('application/x-www-form-urlencoded')) return readFields(req, res, next)
  throw new ServiceError('unsupported_media_type', 'Expected the fields of a form')
}
