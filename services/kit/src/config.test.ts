import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, secretFile, serverSettings, urlSetting } from './config.ts'

const directory = mkdtempSync(join(tmpdir(), 'config-test-'))
// The certificates are run-service.test.ts's.
const { identity: _identity, ...server } = serverSettings
const settings = { ...server, gatewayUrl: urlSetting('GATEWAY_URL'), key: secretFile('KEY_FILE') }

function file(content: string): string {
  const path = join(directory, String(Math.random()))
  writeFileSync(path, content)
  return path
}

test('a complete environment becomes typed values with defaults', () => {
  const env = { PORT: '8001', GATEWAY_URL: 'https://api-gateway:8443', KEY_FILE: file('s3cret\n') }
  const config = readConfig('order-api', settings, env)
  expect(config).toMatchObject({
    port: 8001,
    businessPort: 8443,
    logLevel: 'info',
    gatewayUrl: 'https://api-gateway:8443',
  })
  expect(config.key.reveal()).toBe('s3cret')
})

test('every problem is reported at once, with what was expected and found', () => {
  const env = { PORT: 'http', LOG_LEVEL: 'loud', GATEWAY_URL: 'api-gateway', KEY_FILE: '/run/secrets/absent' }
  expect(() => readConfig('order-api', settings, env)).toThrow(
    [
      'order-api cannot start, 4 problems in its configuration:',
      '  PORT           must be a number, got "http"',
      '  LOG_LEVEL      must be one of [trace, debug, info, warn, error, fatal, silent], got "loud"',
      '  GATEWAY_URL    must be a valid uri with a scheme matching the https pattern, got "api-gateway"',
      '  KEY_FILE       /run/secrets/absent: no such file',
    ].join('\n'),
  )
})

test.each([
  { why: 'unset', env: {}, message: 'KEY_FILE       expected the path of a secret file, but it is not set' },
  { why: 'empty', env: { KEY_FILE: file(' \n') }, message: 'the file is empty' },
])('a secret that is $why has no default', ({ env, message }) => {
  expect(() => readConfig('order-api', settings, { PORT: '1', GATEWAY_URL: 'https://a', ...env })).toThrow(message)
})

test('a secret does not show itself in text, JSON or a log', () => {
  const { key } = readConfig('order-api', { key: settings.key }, { KEY_FILE: file('s3cret') })
  expect(`${key} ${JSON.stringify({ key })}`).toBe('[secret] {"key":"[secret]"}')
})
