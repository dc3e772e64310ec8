import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import Joi from 'joi'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { silentLog } from '../../../tests/unit/log.ts'
import { accessToken } from './access-token.ts'
import { ConfigError } from './config.ts'
import { defineContract } from './contract.ts'
import { contractRouter } from './contract-router.ts'
import { createHttpApp } from './http-app.ts'
import { createIdentify } from './identify.ts'
import { readPublicKeys } from './token-keys.ts'

const [old, current, stranger] = [1, 2, 3].map(() => generateKeyPairSync('ed25519')) as [Pair, Pair, Pair]
type Pair = { publicKey: KeyObject; privateKey: KeyObject }
const jwk = ({ publicKey }: Pair, kid: string) => ({ kid, ...publicKey.export({ format: 'jwk' }) })
const publicKeys = readPublicKeys(JSON.stringify({ keys: [jwk(current, 'current'), jwk(old, 'old')] }))

const identify = (authMode: 'demo' | 'enforced') =>
  createIdentify('test-api', { authMode, bindAddress: '127.0.0.1', publicKeys })
const request = (authorization?: string) =>
  ({
    headers: { ...(authorization !== undefined && { authorization }) },
    socket: { remoteAddress: '::1' },
  }) as IncomingMessage

const sub = randomUUID()
const now = () => Math.floor(Date.now() / 1_000)
const good = () => ({
  ...{ iss: accessToken.issuer, aud: accessToken.audience, sub, role: 'staff', iat: now(), exp: now() + 600 },
})
const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'current' }

const sign = (claims: JWTPayload, changes: object = {}, key: KeyObject | Uint8Array = current.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ ...header, ...changes }).sign(key)

const without = (name: string) => {
  const { [name as 'sub']: _, ...rest } = good()
  return rest
}

/** The same bytes as an HMAC key: the confusion of algorithms that a careless verifier falls for. */
const publicBytes = Buffer.from(current.publicKey.export({ format: 'der', type: 'spki' }))
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each(['current', 'old'] as const)('a token of the %s key says who somebody is', async (kid) => {
  const token = await sign(good(), { kid }, { current, old }[kid].privateKey)
  for (const mode of ['demo', 'enforced'] as const) {
    expect(await identify(mode)(request(`Bearer ${token}`))).toEqual({ id: sub, role: 'staff', address: '::1' })
  }
})

test.each([
  ['of an unknown key', () => sign(good(), { kid: 'next' }, stranger.privateKey)],
  ['of another key under a known name', () => sign(good(), {}, stranger.privateKey)],
  ['of one key under the name of the other', () => sign(good(), { kid: 'old' })],
  ['without the name of a key', () => sign(good(), { kid: undefined })],
  ['that is not signed', async () => new UnsecuredJWT(good()).encode()],
  ['with alg none and a kid', async () => `${base64url({ ...header, alg: 'none' })}.${base64url(good())}.`],
  ['signed by HS256 with the public key', () => sign(good(), { alg: 'HS256' }, publicBytes)],
  [
    'signed by HS256 with the public key as its PEM',
    () => sign(good(), { alg: 'HS256' }, Buffer.from(current.publicKey.export({ format: 'pem', type: 'spki' }))),
  ],
  ['that brings its own key', () => sign(good(), { kid: undefined, jwk: jwk(stranger, 'mine') }, stranger.privateKey)],
  ['that is over', () => sign({ ...good(), iat: now() - 700, exp: now() - 100 })],
  ['that never ends', () => sign(without('exp'))],
  ['that was made long ago, however long it says it lasts', () => sign({ ...good(), iat: now() - 700 })],
  ['from the future', () => sign({ ...good(), iat: now() + 100 })],
  ['without the time it was made', () => sign(without('iat'))],
  ['of another issuer', () => sign({ ...good(), iss: 'https://elsewhere.example' })],
  ['without an issuer', () => sign(without('iss'))],
  ['for another audience', () => sign({ ...good(), aud: 'another-shop' })],
  ['without an audience', () => sign(without('aud'))],
  ['of another type', () => sign(good(), { typ: 'JWT' })],
  ['of nobody', () => sign(without('sub'))],
  ['of the demo user, who has no token', () => sign({ ...good(), sub: 'demo' })],
  ['without a role', () => sign(without('role'))],
  ['with a role that there is not', () => sign({ ...good(), role: 'root' })],
  ['with two roles', () => sign({ ...good(), role: ['customer', 'admin'] })],
  [
    'whose role was changed',
    async () => {
      const [head, , signature] = (await sign(good())).split('.')
      return `${head}.${base64url({ ...good(), role: 'admin' })}.${signature}`
    },
  ],
  [
    'whose signature was changed',
    async () => (await sign(good())).replace(/\.([^.]*)$/, (_, text) => `.${text.slice(0, -4)}AAAA`),
  ],
  ['that was cut short', async () => (await sign(good())).slice(0, -20)],
  ['that is none', async () => 'secret'],
])('a token %s is 401, in the demo too', async (_, make) => {
  const token = await make()
  for (const mode of ['demo', 'enforced'] as const) {
    await expect(identify(mode)(request(`Bearer ${token}`))).rejects.toMatchObject({
      status: 401,
      message: 'The access token is not valid',
      headers: { 'www-authenticate': 'Bearer realm="secure-ecommerce", error="invalid_token"' },
    })
  }
})

test.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Token x', `Bearer ${'é'}`])(
  'the credentials %j are not taken for none',
  async (authorization) => {
    await expect(identify('demo')(request(authorization))).rejects.toMatchObject({ status: 401 })
  },
)

test('without credentials somebody is a guest, and in the demo customer and admin', async () => {
  expect(await identify('enforced')(request())).toMatchObject({ id: 'guest', role: 'guest' })
  expect(await identify('demo')(request())).toMatchObject({ id: 'demo', role: 'admin' })
})

test('a demo that others can reach does not start', () => {
  const open = { authMode: 'demo', bindAddress: '0.0.0.0', publicKeys } as const
  expect(() => createIdentify('test-api', open)).toThrow(ConfigError)
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

test.each([
  ['no JSON', 'secret', 'the file is not JSON'],
  ['no set', '{}', 'one or two keys'],
  ['null', 'null', 'one or two keys'],
  ['no key', '{"keys":[]}', 'one or two keys'],
  ['three keys', { keys: ['a', 'b', 'c'].map((kid) => jwk(old, kid)) }, 'one or two keys'],
  ['a key without a name', { keys: [{ ...jwk(old, 'a'), kid: undefined }] }, 'expected a kid'],
  ['two keys of one name', { keys: [jwk(old, 'a'), jwk(current, 'a')] }, 'two keys have the same kid'],
  ['an RSA key', { keys: [jwk(rsa, 'a')] }, 'a is no Ed25519 key'],
  [
    'a private key',
    { keys: [{ ...jwk(old, 'a'), ...old.privateKey.export({ format: 'jwk' }) }] },
    'a is a private key',
  ],
])('a file of public keys with %s is refused', (_, content, says) => {
  const read = () => readPublicKeys(typeof content === 'string' ? content : JSON.stringify(content))
  expect(read).toThrow(says)
})

test('only the public half of a key is kept', () => {
  expect(publicKeys.get('old')?.type).toBe('public')
  expect(publicKeys.get('old')?.equals(createPublicKey(old.privateKey))).toBe(true)
})

const contract = defineContract({
  write: {
    method: 'post',
    path: '/',
    summary: '',
    access: ['staff', 'admin'],
    body: Joi.object({ secret: Joi.string().required() }),
    success: { status: 201, description: '', body: Joi.object<{ id: string }>() },
  },
})

test('who may not call learns nothing of what the body should be', async () => {
  const handlers = { write: async ({ caller }: { caller: { id: string } }) => ({ id: caller.id }) }
  const routes = { '/notes': contractRouter(contract, handlers, identify('enforced')) }
  const app = createHttpApp({ log: silentLog, ready: async () => {}, routes })
  const post = (headers: Record<string, string>) => supertest(app).post('/notes').set(headers).send({})
  const as = async (role: string) => ({ authorization: `Bearer ${await sign({ ...good(), role })}` })

  const anonymous = await post({})
  expect(anonymous).toMatchObject({ status: 401, body: { error: 'Sign in first' } })
  expect(anonymous.headers['www-authenticate']).toBe('Bearer realm="secure-ecommerce"')
  expect(await post(await as('customer'))).toMatchObject({
    status: 403,
    body: { error: 'Your account may not do this' },
  })
  expect(await post(await as('staff'))).toMatchObject({ status: 400, body: { details: ['secret is required'] } })
})

test('an operation for people cannot be mounted without finding out who they are', () => {
  expect(() => contractRouter(contract, { write: async () => ({ id: '' }) })).toThrow('write is for people')
})
