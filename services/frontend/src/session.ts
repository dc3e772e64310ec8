import type { Role } from '@secure-ecommerce/kit/caller'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Request, Response } from 'express'
import { claimsOf } from './access-claims.ts'
import { readCookie, setHostCookie } from './cookies.ts'
import type { Tokens } from './shop-types.ts'

const accessCookie = '__Host-access'
const refreshCookie = '__Host-refresh'

/** Seconds; the API keeps a session as long as somebody comes back within it. */
const refreshLifetime = 30 * 24 * 60 * 60

/** Seconds before its end from which an access token is replaced: a request must not outlive it on its way. */
const margin = 30

/** Lax, for somebody who comes by a link from elsewhere is signed in too; no form from elsewhere is accepted. */
const sameSite = 'Lax'

export type Session = {
  readonly accessToken: string | undefined
  readonly refreshToken: string | undefined
  /** Whose it is, as far as that is known; undefined for who is not signed in. */
  readonly role: Role | undefined
  keep(tokens: Tokens): void
  forget(): void
  /** Takes the refresh token for new tokens. @returns false for who is not signed in, or not any more */
  renew(): Promise<boolean>
  /** The same where the access token is over. */
  renewIfOver(): Promise<void>
}

/** Who is signed in, as the browser's cookies have it. What changes is sent back with the answer. */
export function openSession(req: Request, res: Response, refresh: (token: string) => Promise<Tokens>): Session {
  let accessToken = readToken(req, accessCookie)
  let refreshToken = readToken(req, refreshCookie)

  const session: Session = {
    get accessToken() {
      return accessToken
    },
    get refreshToken() {
      return refreshToken
    },
    get role() {
      // Who can stay signed in is somebody, even while nobody answers who.
      return claimsOf(accessToken)?.role ?? (refreshToken === undefined ? undefined : 'customer')
    },

    keep({ access_token, expires_in, refresh_token }) {
      accessToken = access_token
      refreshToken = refresh_token
      setHostCookie(res, accessCookie, access_token, { sameSite, maxAge: expires_in })
      setHostCookie(res, refreshCookie, refresh_token, { sameSite, maxAge: refreshLifetime })
    },

    forget() {
      accessToken = undefined
      refreshToken = undefined
      for (const name of [accessCookie, refreshCookie] as const) setHostCookie(res, name, '', { sameSite, maxAge: 0 })
    },

    async renew() {
      if (refreshToken === undefined) {
        if (accessToken !== undefined) session.forget()
        return false
      }
      try {
        session.keep(await refresh(refreshToken))
        return true
      } catch (error) {
        if (!(error instanceof ServiceError) || !isRefusal(error)) throw error
        session.forget()
        return false
      }
    },

    async renewIfOver() {
      if (accessToken === undefined && refreshToken === undefined) return
      const { exp = 0 } = claimsOf(accessToken) ?? {}
      if (exp - margin < Date.now() / 1_000) await session.renew()
    },
  }
  return session
}

function readToken(req: Request, name: string): string | undefined {
  const value = readCookie(req.headers.cookie, name)
  return value !== undefined && /^[A-Za-z0-9._-]{1,2000}$/.test(value) ? value : undefined
}

/** Not one that came at a bad moment. */
function isRefusal({ code }: ServiceError): boolean {
  return code === 'unauthenticated' || code === 'invalid'
}
