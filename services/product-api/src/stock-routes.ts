import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import type { Router } from 'express'
import { stockContract } from './stock-contract.ts'
import type { StockStore } from './stock-store.ts'

export function stockRoutes(stock: StockStore): Router {
  return contractRouter(stockContract, {
    reserve: async ({ params, body }) => ({ items: await stock.reserve(params.reference, body.items) }),

    async release({ params }) {
      await stock.release(params.reference)
      return undefined
    },
  })
}
