import { type Role, roles } from '@secure-ecommerce/kit/caller'
import Joi from 'joi'

export type Claims = {
  role: Role
  /** Unix seconds. */
  exp: number
}

const claims = Joi.object<Claims>({
  role: Joi.string()
    .valid(...roles)
    .required(),
  exp: Joi.number().integer().required(),
}).unknown()

/**
 * What an access token says of itself, unverified: enough to know when to ask for a new one and which links to show. Who makes one
 * up sees links; what anybody may do is decided by the services, which verify it.
 */
export function claimsOf(token: string | undefined): Claims | undefined {
  const payload = token?.split('.')[1]
  if (payload === undefined) return undefined
  try {
    return Joi.attempt(JSON.parse(Buffer.from(payload, 'base64url').toString()), claims)
  } catch {
    return undefined
  }
}
