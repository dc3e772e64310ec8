import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { newTokenKey } from '../../../scripts/secrets/token-keys.ts'
import { checkKeyPair, readSigningKey } from './signing-key.ts'

test('a key as create-secrets.sh makes it is read, and does not show itself', () => {
  const text = newTokenKey()
  const key = readSigningKey(text)
  expect(key.kid).toBe(JSON.parse(text).kid)
  expect(inspect(key) + JSON.stringify(key)).not.toContain(JSON.parse(text).d)
})

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

test.each([
  ['no JSON', 'hunter2'],
  ['null', 'null'],
  ['no name', JSON.stringify(privateKey.export({ format: 'jwk' }))],
  ['a public key', JSON.stringify({ kid: 'a', ...publicKey.export({ format: 'jwk' }) })],
  ['an RSA key', JSON.stringify({ kid: 'a', ...rsa.privateKey.export({ format: 'jwk' }) })],
])('a signing key that is %s is refused without being quoted', (_, text) => {
  expect(() => readSigningKey(text)).toThrow(/^expected an Ed25519 private key as JWK with a kid$/)
})

test('a service that signs what nobody takes does not start', () => {
  const key = readSigningKey(newTokenKey())
  expect(() => checkKeyPair(key, new Map([[key.kid, createPublicKey(key.key)]]))).not.toThrow()
  expect(() => checkKeyPair(key, new Map([[key.kid, publicKey]]))).toThrow('is not among those')
  expect(() => checkKeyPair(key, new Map([['other', createPublicKey(key.key)]]))).toThrow('is not among those')
})
