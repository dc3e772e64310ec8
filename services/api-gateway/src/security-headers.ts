import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** For answers that are data: nothing in them may be run, framed or taken for something else. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    // The shop on this machine speaks plain HTTP too; HSTS comes with the security configuration.
    strictTransportSecurity: false,
  })
}
