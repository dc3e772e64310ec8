import { createClient } from '@secure-ecommerce/kit/client'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import supertest from 'supertest'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from '../src/app.ts'
import { render } from '../src/pages/render.tsx'
import { shopApi } from '../src/shop-api.ts'
import type { Product, Tokens } from '../src/shop-types.ts'
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
export async function openStorefront(answers: Answers = {}, metrics?: Metrics) {
  const gateway = await startFakeGateway({
    'GET /health': { body: { status: 'healthy' } },
    'GET /api/auth/me': { status: 401, body: { error: 'Sign in first' } },
    'GET /api/products': { body: { products: [teapot], next_cursor: null } },
    [`GET /api/products/${teapot.id}`]: { body: teapot },
    ...answers,
  })
  return {
    ...storefrontTo(gateway.url, metrics),
    /** But for the question what guests are. */
    get requests() {
      return gateway.requests.filter(({ path, headers }) => path !== '/api/auth/me' || headers.authorization)
    },
    [Symbol.asyncDispose]: gateway[Symbol.asyncDispose],
  }
}

/** The storefront with its gateway at any address, such as one where nobody listens. */
export function storefrontTo(gatewayUrl: string, metrics?: Metrics) {
  const assets = { script: '/assets/main-1.js', styles: ['/assets/main-1.css'] }
  const build = { render, assets, clientFolder: `${import.meta.dirname}/../public` }
  const shop = shopApi(createClient('api-gateway', gatewayUrl, { metrics }))
  const app = createApp({ log: silentLog, metrics, shop, build })
  const http = supertest(app)
  return {
    http,
    /** Sends a form of a page that this browser has. @param cookie what it has beside the form's token */
    post(path: string, fields: object = {}, cookie = '') {
      const cookies = `__Host-csrf=${formToken}; ${cookie}`
      return http
        .post(path)
        .set('cookie', cookies)
        .type('form')
        .send({ csrf: formToken, ...fields })
    },
  }
}

export const formToken = 'of-twenty-two-letters_'

const now = Math.floor(Date.now() / 1_000)

/** An access token as it looks, signed by nobody. @param seconds until it is over */
export function accessToken(role: string, seconds = 600): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [part({ alg: 'EdDSA' }), part({ sub: 'somebody', role, exp: now + seconds }), 'signature'].join('.')
}

export const signedIn = (role: string, seconds?: number) =>
  `__Host-access=${accessToken(role, seconds)}; __Host-refresh=old-refresh-token`

export const newTokens = (role: string): Tokens => ({
  access_token: accessToken(role, 599),
  expires_in: 600,
  refresh_token: 'new-refresh-token',
})
