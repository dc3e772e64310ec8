import type { Database } from '@secure-ecommerce/kit/database'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { Secret } from '@secure-ecommerce/kit/secret'
import { createApp } from '@secure-ecommerce/order-api/app'
import supertest from 'supertest'
import { silentLog } from './log.ts'
import { identifyIn, signingKey } from './people.ts'
import { keptTrail } from './trail.ts'

/** order-api beside neighbours that have everything and take every card. Its workers do not run. */
export function orderService(database: Database, authMode: 'demo' | 'enforced', trail = keptTrail, metrics?: Metrics) {
  const { app } = createApp({
    ...{ log: silentLog, metrics, database, trail, identify: identifyIn(authMode), signingKey },
    ...{ linkKey: new Secret('link'), webhookKey: new Secret('webhook'), patience: 25 },
    stock: {
      reserve: async (_reference, items) => ({
        outcome: 'reserved',
        items: items.map(({ product_id, quantity }) => ({ product_id, quantity, name: 'Mug', price_cents: 1250 })),
      }),
      confirm: async (references) => ({ confirmed: references, lapsed: [] }),
      release: async () => {},
    },
    payments: {
      charge: async () => ({ status: 'captured', reason: null }),
      void: async () => ({ status: 'voided', reason: null }),
      refund: async () => ({ status: 'refunded', reason: null }),
    },
  })
  return supertest(app)
}
