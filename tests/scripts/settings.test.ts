import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

test.each([
  { why: 'double quotes', line: 'NAME="a # b" # ours', value: 'a # b' },
  { why: 'single quotes', line: "NAME='a b'", value: 'a b' },
  { why: 'a comment after the value', line: 'NAME=a # ours', value: 'a' },
  { why: 'a number sign in the value', line: 'NAME=a#b', value: 'a#b' },
  { why: "a Windows line's end", line: 'NAME=a\r', value: 'a' },
  { why: 'an empty value', line: 'NAME=', value: 'default' },
])('a setting with $why is read as Compose reads it', ({ line, value }) => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  try {
    writeFileSync(join(folder, '.env'), `${line}\n`)
    const script = `set -eu; . "${resolve('scripts/settings.sh')}"; setting NAME default`
    expect(runScript(script, { cwd: folder, env: { NAME: '' } })).toEqual({ status: 0, text: value })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** A stack that does not exist; the ports are none that it may come to. */
const nobody = { COMPOSE_PROJECT_NAME: 'secure-ecommerce-never', ECOM_PREFIX: 'enever' }

test.each([
  { env: { BIND_ADDRESS: '0.0.0.0' }, says: /BIND_ADDRESS=0\.0\.0\.0 is not a loopback address/ },
  { env: { WAF_MODE: 'on' }, says: /expected WAF_MODE to be Off, DetectionOnly or On but found on/ },
  { env: { CACHE_SECONDS: '0.5' }, says: /expected CACHE_SECONDS to be a whole number from 0 to 60 but found 0\.5/ },
  { env: { POINT_IN_TIME: 'yes' }, says: /expected POINT_IN_TIME to be on or off but found yes/ },
  { env: { POINT_IN_TIME_DAYS: '0' }, says: /expected POINT_IN_TIME_DAYS to be a whole number .* but found 0/ },
  { env: { AUTH_MODE: 'open' }, says: /expected AUTH_MODE to be demo or enforced but found open/ },
  { env: { AUTH_MODE: 'enforced', BIND_ADDRESS: '0.0.0.0', ECOM_PREFIX: 'toolong' }, says: /expected ECOM_PREFIX/ },
  { env: { COMPOSE_PROFILES: 'paypal' }, says: /expected COMPOSE_PROFILES to be stripe, .* but found paypal/ },
  { env: { COMPOSE_PROFILES: 'monitoring,stripe' }, says: /in this order, or empty but found monitoring,stripe/ },
  { env: { PROMETHEUS_INTERVAL: '1m' }, says: /expected PROMETHEUS_INTERVAL to be 1s to 99s but found 1m/ },
  { env: { PROMETHEUS_RETENTION_TIME: '15' }, says: /expected PROMETHEUS_RETENTION_TIME to be .* but found 15/ },
  { env: { PROMETHEUS_RETENTION_SIZE: '1' }, says: /expected PROMETHEUS_RETENTION_SIZE to be .* but found 1/ },
  { env: { LIMIT_COUNTERS: 'redis', COMPOSE_PROFILES: '' }, says: /LIMIT_COUNTERS=redis .* there is no Redis/ },
  {
    // The prefix ends the start where .env has the profile.
    env: { PAYMENT_PROVIDER: 'stripe', COMPOSE_PROFILES: '', ECOM_PREFIX: 'toolong' },
    says: /PAYMENT_PROVIDER=stripe .* the payment network has no way out/,
  },
  {
    // The second file sets it.
    env: {
      COMPOSE_FILE: 'docker-compose.yml:docker-compose.security.yml',
      BIND_ADDRESS: '0.0.0.0',
      ECOM_PREFIX: 'toolong',
    },
    says: /expected ECOM_PREFIX/,
  },
  { env: { ECOM_PREFIX: 'toolong' }, says: /expected ECOM_PREFIX to be .* but found toolong/ },
  {
    env: { NET_DATABASE: '172.256.0' },
    says: /expected NET_DATABASE to be .* but found 172\.256\.0\n.*set .*172\.22\.0/,
  },
  { env: { LIMIT_REQUESTS: '20r/s' }, says: /expected LIMIT_REQUESTS to be a whole number .* but found 20r\/s/ },
  { env: { LIMIT_STOREFRONT_WRITES: '0' }, says: /expected LIMIT_STOREFRONT_WRITES to be .* but found 0/ },
  { env: { NET_FRONTEND: '172.20' }, says: /expected NET_FRONTEND to be/ },
  { env: { RESERVATION_MINUTES: 'abc' }, says: /expected RESERVATION_MINUTES to be a number but found abc/ },
  {
    env: { ORDER_PATIENCE_MINUTES: '30.5' },
    says: /expected ORDER_PATIENCE_MINUTES to be a whole number but found 30\.5/,
  },
  {
    env: { RESERVATION_MINUTES: '0.05' },
    says: /expected ORDER_PATIENCE_MINUTES to be less than RESERVATION_MINUTES but found 25 and 0\.05/,
  },
  { env: { HTTP_PORT: 'eighty' }, says: /docker compose cannot read its settings: .*eighty/ },
])('start refuses $env and says what to do', ({ env, says }) => {
  const { status, text } = runScript('scripts/start.sh', { env: { ...nobody, ...env } })
  expect(text).toMatch(says)
  expect(text).toContain('Next: ')
  expect(status).toBe(1)
})

test('a second start at the same time gives way', () => {
  // The prefix ends the start even if the lock did not.
  const { status, text } = runScript(
    'mkdir -p reports; : >reports/start.lock; flock reports/start.lock scripts/start.sh',
    {
      env: { ...nobody, ECOM_PREFIX: 'toolong' },
    },
  )
  expect(text).toContain('FAIL: another npm start is at work in')
  expect(status).toBe(1)
})

test.each([
  { why: 'another address', env: { AUTH_MODE: 'demo', BIND_ADDRESS: '192.0.2.1' } },
  { why: 'another address and no AUTH_MODE', env: { AUTH_MODE: '', BIND_ADDRESS: '0.0.0.0' } },
])("nginx's own entry refuses $why, before it opens a port", ({ env }) => {
  const { status, text } = runScript('sh nginx/entrypoint.sh', { env })
  expect(text).toMatch(/^nginx cannot start: AUTH_MODE=demo .* BIND_ADDRESS=\S+ is not a loopback address/)
  expect(status).toBe(1)
})
