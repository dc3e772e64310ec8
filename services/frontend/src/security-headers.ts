import type { RequestHandler } from 'express'
import helmet from 'helmet'

const helmetHeaders = helmet({
  contentSecurityPolicy: {
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
  },
  // With `no-referrer` browsers send `Origin: null` with our own forms, and they could not be told from foreign ones.
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  // The shop answers on plain HTTP beside HTTPS, where neither of these may bind a browser.
  strictTransportSecurity: false,
})

/** No inline script, no inline style, nothing from elsewhere, no frame around us, no powerful browser feature. */
export const securityHeaders: RequestHandler = (req, res, next) => {
  res.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  helmetHeaders(req, res, next)
}
