import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Router } from 'express'
import { stockContract } from './stock-contract.ts'
import type { StockStore } from './stock-store.ts'

export function stockRoutes(stock: StockStore): Router {
  return contractRouter(stockContract, {
    async reserve({ body }) {
      const decision = await stock.reserve(body)
      await crashPoint('after-reserve-before-answer')
      return decision
    },

    async confirm({ body: { references } }) {
      const confirmation = await stock.confirm(references)
      await crashPoint('after-confirm-before-answer')
      return confirmation
    },

    async release({ body: { references } }) {
      await stock.release(references)
      await crashPoint('after-release-before-answer')
      return undefined
    },
  })
}
