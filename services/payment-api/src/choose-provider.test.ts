import { ConfigError } from '@secure-ecommerce/kit/config'
import { Secret } from '@secure-ecommerce/kit/secret'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { chooseProvider } from './choose-provider.ts'

const database = testDatabase('payments')

function choose(provider: 'simulated' | 'stripe', key: string) {
  const stripe = { stripeKey: new Secret(key), stripeEgress: 'stripe-egress:8443' }
  return chooseProvider({ provider, ...stripe, providerTimeout: 3_000 }, database, silentLog)
}

test.each([
  { provider: 'simulated', key: 'sk_live_1', why: 'a live key for the simulator' },
  { provider: 'simulated', key: 'pk_test_1', why: 'a key for browsers for the simulator' },
  { provider: 'stripe', key: 'pk_live_1', why: 'a key for browsers for Stripe' },
  { provider: 'stripe', key: 'whsec_1', why: 'another secret for Stripe' },
] as const)('$why keeps the service from starting', ({ provider, key }) => {
  expect(() => choose(provider, key)).toThrow(ConfigError)
})

test.each([
  { provider: 'simulated', key: 'sk_test_1' },
  { provider: 'stripe', key: 'sk_test_1' },
  { provider: 'stripe', key: 'sk_live_1' },
] as const)('$provider takes $key', ({ provider, key }) => {
  expect(() => choose(provider, key)).not.toThrow()
})
