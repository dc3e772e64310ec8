import type { Request } from 'express'
import { expect, test } from 'vitest'
import { ownPath, signInPath } from './own-path.ts'

test.each(['/', '/checkout', '/orders/31?key=abc&x=%2F%2Fevil.example', '/category/home?q=%E5%8C%97#top'])(
  '%s is a path to go on to',
  (path) => expect(ownPath(path)).toBe(path.split('#')[0]),
)

test.each([
  undefined,
  ['/a', '/b'],
  '',
  'checkout',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/x\\..\\..\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  ' //evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/../..//evil.example',
  `/${'x'.repeat(1_001)}`,
])('%s leads nowhere but to the account', (text) => expect(ownPath(text)).toBe('/account'))

const from = (request: object) => signInPath({ headers: { host: 'shop.example' }, ...request } as unknown as Request)

test('who has to sign in comes back to the page, or to that of the form', () => {
  expect(from({ method: 'GET', originalUrl: '/orders?cursor=a' })).toBe('/sign-in?next=%2Forders%3Fcursor%3Da')
  const headers = { host: 'shop.example', referer: 'http://shop.example/staff/orders/3?x=1' }
  expect(from({ method: 'POST', originalUrl: '/x', headers })).toBe('/sign-in?next=%2Fstaff%2Forders%2F3%3Fx%3D1')
  const foreign = { host: 'shop.example', referer: 'http://evil.example/staff' }
  expect(from({ method: 'POST', originalUrl: '/x', headers: foreign })).toBe('/sign-in?next=%2Faccount')
})
