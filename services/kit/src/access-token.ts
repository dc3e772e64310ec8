import Joi from 'joi'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { type Caller, roles } from './caller.ts'
import { challenge } from './check-access.ts'
import { ServiceError } from './service-error.ts'
import type { PublicKeys } from './token-keys.ts'

/** What every access token says of itself (RFC 9068), and what is refused where it says anything else. */
export const accessToken = {
  algorithm: 'EdDSA',
  type: 'at+jwt',
  issuer: 'secure-ecommerce/order-api',
  audience: 'secure-ecommerce/api',
  /** Seconds. */
  lifetime: 600,
} as const

type Account = Pick<Caller, 'id'> & { role: (typeof roles)[number] }

const claims = Joi.object<{ sub: string; role: Account['role'] }>({
  sub: Joi.string().uuid().required(),
  role: Joi.string()
    .valid(...roles)
    .required(),
}).unknown()

/** Whose token this is. Throws `unauthenticated` for one that order-api did not sign for this shop, or whose time is over. */
export async function verifyAccessToken(keys: PublicKeys, token: string): Promise<Account> {
  const { value, error } = claims.validate(await verifiedPayload(keys, token))
  if (error) throw invalidToken(error)
  return { id: value.sub, role: value.role }
}

async function verifiedPayload(keys: PublicKeys, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(keys, kid), {
      algorithms: [accessToken.algorithm],
      typ: accessToken.type,
      issuer: accessToken.issuer,
      audience: accessToken.audience,
      maxTokenAge: accessToken.lifetime,
      requiredClaims: ['sub', 'exp', 'iat'],
      // Clocks of two hosts differ.
      clockTolerance: 5,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalidToken(error)
    throw error
  }
}

function keyNamed(keys: PublicKeys, kid: string | undefined) {
  const key = keys.get(kid ?? '')
  if (!key) throw new errors.JWKSNoMatchingKey()
  return key
}

/** Says nothing of why: who holds a good token need not know, and nobody else shall. */
export function invalidToken(cause?: unknown): ServiceError {
  return new ServiceError('unauthenticated', 'The access token is not valid', {
    headers: { 'www-authenticate': `${challenge}, error="invalid_token"` },
    cause,
  })
}
