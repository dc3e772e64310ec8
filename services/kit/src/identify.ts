import type { IncomingMessage } from 'node:http'
import { invalidToken, verifyAccessToken } from './access-token.ts'
import { authModeSettings, refuseOpenDemo } from './auth-mode.ts'
import type { Caller } from './caller.ts'
import { clientAddress } from './client-address.ts'
import type { ConfigOf } from './config.ts'
import { publicKeysFile } from './token-keys.ts'

/** Finds out who makes a request. Throws `unauthenticated` for credentials that are not good: they are never taken for none. */
export type Identify = (req: IncomingMessage) => Promise<Caller>

/** For a service that acts on who calls it. */
export const identitySettings = { ...authModeSettings, publicKeys: publicKeysFile('JWT_PUBLIC_KEYS_FILE') }

/** A request without credentials comes from a guest; in the demo, from a user who is customer and admin. */
export function createIdentify(service: string, config: ConfigOf<typeof identitySettings>): Identify {
  refuseOpenDemo(service, config)
  const { authMode, publicKeys } = config
  const nobody =
    authMode === 'demo' ? ({ id: 'demo', role: 'admin' } as const) : ({ id: 'guest', role: 'guest' } as const)

  return async function identify(req) {
    const address = clientAddress(req)
    const { authorization } = req.headers
    if (authorization === undefined) return { ...nobody, address }
    const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1]
    if (token === undefined) throw invalidToken()
    return { ...(await verifyAccessToken(publicKeys, token)), address }
  }
}
