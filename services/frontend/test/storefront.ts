import { createClient } from '@secure-ecommerce/kit/client'
import supertest from 'supertest'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from '../src/app.ts'
import { render } from '../src/pages/render.tsx'
import { shopApi } from '../src/shop-api.ts'
import type { Product } from '../src/shop-types.ts'
import { type Answers, startFakeGateway } from './fake-gateway.ts'

export const teapot: Product = {
  id: 7,
  name: 'Teapot for two',
  description: 'Does not drip.',
  category: 'home',
  price: 49,
  stock: 13,
  picture: 'teapot',
}

/** The whole storefront in this process, rendered from source, in front of a fake gateway with the answers of one test. */
export async function openStorefront(answers: Answers = {}) {
  const gateway = await startFakeGateway({
    'GET /health': { body: { status: 'healthy' } },
    'GET /api/products': { body: { products: [teapot], next_cursor: null } },
    [`GET /api/products/${teapot.id}`]: { body: teapot },
    ...answers,
  })
  return {
    ...storefrontTo(gateway.url),
    requests: gateway.requests,
    [Symbol.asyncDispose]: gateway[Symbol.asyncDispose],
  }
}

/** The storefront with its gateway at any address, such as one where nobody listens. */
export function storefrontTo(gatewayUrl: string) {
  const assets = { script: '/assets/main-1.js', styles: ['/assets/main-1.css'] }
  const build = { render, assets, clientFolder: `${import.meta.dirname}/../public` }
  const app = createApp({ log: silentLog, shop: shopApi(createClient('api-gateway', gatewayUrl)), build })
  return { http: supertest(app) }
}
