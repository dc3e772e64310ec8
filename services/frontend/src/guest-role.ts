import type { Role } from '@secure-ecommerce/kit/caller'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { withTimeLimit } from '@secure-ecommerce/kit/time-limit'
import type { ShopApi } from './shop-api.ts'

/** Milliseconds that an answer is believed, that a failure is, and that a page waits for one. */
const [memory, failureMemory, patience] = [60_000, 5_000, 500]

/**
 * What the shop takes somebody without credentials for: a guest, or in the demo an admin. It is asked now and then, not for each
 * page, and while it does not answer they are what they were.
 */
export function guestRole(api: ShopApi): () => Promise<Role | 'guest'> {
  let known: Role | 'guest' = 'guest'
  let until = 0
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    try {
      const account = await withTimeLimit(patience, () => api.guest())
      known = account?.role ?? 'guest'
      until = Date.now() + memory
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      until = Date.now() + failureMemory
    }
  }

  return async function roleOfGuests() {
    if (Date.now() > until) {
      asking ??= ask().finally(() => {
        asking = undefined
      })
      await asking
    }
    return known
  }
}
