import { ServiceError } from '@secure-ecommerce/kit/service-error'
import express, { type RequestHandler } from 'express'

const readFields = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 })

/** Reads a form's fields into `req.body`; a field sent twice becomes a list, which no schema here accepts. */
export const readForm: RequestHandler = (req, res, next) => {
  if (req.is('application/x-www-form-urlencoded')) return readFields(req, res, next)
  throw new ServiceError('unsupported_media_type', 'Expected the fields of a form')
}
