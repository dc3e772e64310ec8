import { expect, test } from 'vitest'
import { Secret } from './secret.ts'
import { sign, verifySignature } from './signature.ts'

const key = new Secret('whsec')
const now = Math.floor(Date.now() / 1_000)

test('a body passes with its own signature', () => {
  expect(() => verifySignature(key, '{"a":1}', sign(key, '{"a":1}'))).not.toThrow()
})

test.each([
  ['none', undefined, 'Expected a signature'],
  ['one in another form', 'v1=00', 'Expected a signature'],
  ['that of another body', sign(key, '{"a":2}'), 'of another message'],
  ['that of another key', sign(new Secret('other'), '{"a":1}'), 'of another message'],
  ['one from long ago', sign(key, '{"a":1}', now - 301), 'too old'],
  ['one from the future', sign(key, '{"a":1}', now + 301), 'too old'],
  ['one whose time was changed', sign(key, '{"a":1}').replace(/t=\d+/, `t=${now - 60}`), 'of another message'],
])('a body is refused with %s', (_, header, says) => {
  expect(() => verifySignature(key, '{"a":1}', header)).toThrow(says)
})

test('while a key is replaced both sign what passes', () => {
  const both = new Secret(() => ['next', 'whsec'])
  expect(() => verifySignature(both, 'body', sign(key, 'body'))).not.toThrow()
  expect(() => verifySignature(both, 'body', sign(both, 'body'))).not.toThrow()
  expect(sign(both, 'body', 1)).toBe(sign(new Secret('next'), 'body', 1))
})
