import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Router } from 'express'
import { stockContract } from './stock-contract.ts'
import type { StockStore } from './stock-store.ts'

export function stockRoutes(stock: StockStore): Router {
  return contractRouter(stockContract, {
    async reserve({ body: { orders } }) {
      const decisions = await Promise.all(orders.map(stock.reserve))
      await crashPoint('after-reserve-before-answer')
      return { decisions }
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
