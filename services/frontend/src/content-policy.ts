import type { RequestHandler } from 'express'
import { contentSecurityPolicy } from 'helmet'

/** No inline script, no inline style, nothing from elsewhere, no frame around us. Every other header for browsers is nginx's. */
export const contentPolicy: RequestHandler = contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
})
