import express, { type RequestHandler } from 'express'
import { safeParse } from 'secure-json-parse'
import { ServiceError } from './service-error.ts'

/** The longest body that any operation accepts. nginx holds the same limit at the edge. */
export const bodyLimit = '64kb'

/** Nothing in the API nests deeper than the items of an order. */
const depthLimit = 8

/** As it is sent: a few bytes of a compressed body could stand for any number, and nginx's WAF could not read it. */
const readText = express.text({ limit: bodyLimit, inflate: false, type: () => true, defaultCharset: 'utf-8' })

/** Reads a JSON body into `req.body` as the text it came as, for whoever checks a signature of it. */
export const readJsonText: RequestHandler = async (req, res, next) => {
  const type = req.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const found = type === '' ? 'none' : JSON.stringify(type.slice(0, 100))
    throw new ServiceError('unsupported_media_type', `Expected Content-Type application/json, found ${found}`)
  }
  await new Promise<void>((resolve, reject) => readText(req, res, (error) => (error ? reject(error) : resolve())))
  next()
}

/** Reads a JSON body into `req.body`. */
export const readJson: RequestHandler[] = [
  readJsonText,
  function parseBody(req, _res, next) {
    req.body = parseJson(req.body)
    next()
  },
]

/** Throws `invalid` for what is no JSON. `__proto__` and `constructor.prototype` keys are refused rather than dropped. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') throw new ServiceError('invalid', 'Expected a JSON body, found none')
  const value = safeParse(text)
  if (value === undefined || value === null) throw new ServiceError('invalid', 'The body is not valid JSON')
  if (depth(value, depthLimit) > depthLimit) {
    throw new ServiceError('invalid', `The body is nested deeper than ${depthLimit} levels`)
  }
  return value
}

/** The nesting of a value, counted no further than one beyond `limit`, so that a hostile body cannot exhaust the stack. */
function depth(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit === 0) return 1
  return 1 + Math.max(0, ...Object.values(value).map((inner) => depth(inner, limit - 1)))
}
