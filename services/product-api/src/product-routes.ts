import { acting } from '@secure-ecommerce/kit/acting'
import { contractRouter, type Handlers } from '@secure-ecommerce/kit/contract-router'
import type { Identify } from '@secure-ecommerce/kit/identify'
import { pageStart, toPage } from '@secure-ecommerce/kit/page'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import { productContract } from './product-contract.ts'
import type { ProductStore } from './product-store.ts'

/** @param keptSeconds for which the edge may keep what it reads */
export function productRoutes(products: ProductStore, identify: Identify, keptSeconds: number): Router {
  const handlers: Handlers<typeof productContract> = {
    async listProducts({ query: { q, category, limit, cursor } }) {
      const found = await products.list({ q, category, after: pageStart(cursor, 0), limit: limit + 1 })
      const { rows, nextCursor } = toPage(found, limit)
      return { products: rows, next_cursor: nextCursor }
    },

    createProduct: ({ caller, body }) => products.create(body, acting(caller)),

    async readProduct({ params: { id } }) {
      return (await products.find(id)) ?? missing(id)
    },

    async changeProduct({ caller, params: { id }, body }) {
      return (await products.change(id, body, acting(caller))) ?? missing(id)
    },

    async deleteProduct({ caller, params: { id } }) {
      if (!(await products.remove(id, acting(caller)))) missing(id)
      return undefined
    },
  }
  return contractRouter(productContract, handlers, identify, keptSeconds)
}

function missing(id: number): never {
  throw new ServiceError('not_found', `No product ${id}`)
}
