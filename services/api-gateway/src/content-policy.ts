import type { RequestHandler } from 'express'
import { contentSecurityPolicy } from 'helmet'

/** For answers that are data: nothing in them may be run or framed. Every other header for browsers is nginx's. */
export const contentPolicy: RequestHandler = contentSecurityPolicy({
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
})
