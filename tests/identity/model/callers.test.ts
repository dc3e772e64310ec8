import { readFileSync } from 'node:fs'
import { callers as gateway } from '@secure-ecommerce/api-gateway/callers'
import { callers as frontend } from '@secure-ecommerce/frontend/callers'
import { callers as orders } from '@secure-ecommerce/order-api/callers'
import { callers as payments } from '@secure-ecommerce/payment-api/callers'
import { callers as products } from '@secure-ecommerce/product-api/callers'
import { expect, test } from 'vitest'
import { readCommunication } from '../../../scripts/policy/communication.ts'

const { edges } = readCommunication(readFileSync('docker-compose.yml', 'utf8'), [])

test.each([
  { service: 'api-gateway', callers: gateway },
  { service: 'frontend', callers: frontend },
  { service: 'product-api', callers: products },
  { service: 'order-api', callers: orders },
  { service: 'payment-api', callers: payments },
])('$service lets in by certificate whom x-communication lets in by address', ({ service, callers }) => {
  const declared = edges.filter(({ to, ports }) => to === service && ports.includes(8443)).map(({ from }) => from)
  expect(declared.length).toBeGreaterThan(0)
  expect([...new Set(Object.values(callers).flat())].sort()).toEqual(declared.sort())
})
