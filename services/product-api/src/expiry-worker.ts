import type { Database } from '@secure-ecommerce/kit/database'
import type { Logger } from '@secure-ecommerce/kit/log'
import { createWorker, type Worker } from '@secure-ecommerce/kit/worker'

/** Reservations given back in one transaction: few, because orders for the same products wait meanwhile. */
const batch = 100

/** Gives back what orders held and neither confirmed nor released in time. Any number may run beside each other. */
export function expiryWorker(database: Database, log: Logger): Worker {
  return createWorker({
    name: 'expiry',
    log,
    every: 5_000,
    async run() {
      const { rows } = await database.query<{ swept: number }>({
        name: 'sweep-expired',
        text: 'select sweep_expired($1) as swept',
        values: [batch],
      })
      return rows[0]?.swept === batch
    },
  })
}
