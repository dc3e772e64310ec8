import type { Access, Caller } from './caller.ts'
import { ServiceError } from './service-error.ts'

/** RFC 6750: how to come back with what is missing. */
export const challenge = 'Bearer realm="secure-ecommerce"'

/** Throws `unauthenticated` for who would have to sign in, `forbidden` for who is somebody else. */
export function checkAccess(access: Exclude<Access, 'services'>, { role }: Caller): void {
  if (access === 'anyone') return
  if (role === 'guest') {
    throw new ServiceError('unauthenticated', 'Sign in first', { headers: { 'www-authenticate': challenge } })
  }
  if (access === 'signed-in' || access.includes(role)) return
  throw new ServiceError('forbidden', 'Your account may not do this')
}
