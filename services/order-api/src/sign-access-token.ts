import { randomUUID } from 'node:crypto'
import { accessToken } from '@secure-ecommerce/kit/access-token'
import { SignJWT } from 'jose'
import type { Account } from './account-store.ts'
import type { SigningKey } from './signing-key.ts'

/** Says for ten minutes, to every service of the shop, who somebody is and what they may do. */
export function signAccessToken({ kid, key }: SigningKey, { id, role }: Pick<Account, 'id' | 'role'>): Promise<string> {
  const { algorithm, type, issuer, audience, lifetime } = accessToken
  const now = Math.floor(Date.now() / 1_000)
  return new SignJWT({ role })
    .setProtectedHeader({ alg: algorithm, typ: type, kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(id)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .sign(key)
}
