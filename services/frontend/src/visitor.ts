import type { Role } from '@secure-ecommerce/kit/caller'
import { clientAddress } from '@secure-ecommerce/kit/client-address'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { RequestHandler, Response } from 'express'
import { guestRole } from './guest-role.ts'
import { refreshOnce } from './refresh-once.ts'
import { openSession, type Session } from './session.ts'
import type { Shop, ShopApi } from './shop-api.ts'

/** Who makes a request, and the shop as they may use it. */
export type Visitor = {
  /** What the services take them for; the demo takes a guest for an admin. */
  role: Role | 'guest'
  session: Session
  shop: Shop
}

/** Finds out who visits, and has what is answered to them kept by nobody on the way: every page has something of theirs. */
export function whoVisits(api: ShopApi): RequestHandler {
  const refresh = refreshOnce()
  const roleOfGuests = guestRole(api)

  return async function findVisitor(req, res, next) {
    res.setHeader('cache-control', 'private, no-store')
    const address = clientAddress(req)
    const session = openSession(req, res, (token) => refresh(token, api.as(address).refresh))
    // What needs to know who it is for asks again, and says so; the rest of the shop is open meanwhile.
    await session.renewIfOver().catch(unlessAway)
    const role = session.role ?? (await roleOfGuests())
    const visitor: Visitor = { role, session, shop: api.as(address, session) }
    res.locals.visitor = visitor
    next()
  }
}

export function visitorOf(res: Response): Visitor {
  return res.locals.visitor
}

export function isSignedIn({ session }: Visitor): boolean {
  return session.role !== undefined
}

export function isStaff({ role }: Pick<Visitor, 'role'>): boolean {
  return role === 'staff' || role === 'admin'
}

function unlessAway(error: unknown): void {
  if (!(error instanceof ServiceError && ['unavailable', 'too_many_requests'].includes(error.code))) throw error
}
