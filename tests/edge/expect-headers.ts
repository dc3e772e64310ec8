import { expect } from 'vitest'

/** What every answer has, whoever made it. */
const always = {
  'x-content-type-options': ['nosniff'],
  'referrer-policy': ['same-origin'],
  'cross-origin-opener-policy': ['same-origin'],
  'cross-origin-resource-policy': ['same-origin'],
  'permissions-policy': ['camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  'content-security-policy': [expect.stringMatching(/^(?!.*unsafe).*default-src 'none'.*frame-ancestors 'none'/)],
  'x-request-id': [expect.stringMatching(/^[0-9a-f]{32}$/)],
  traceparent: [expect.stringMatching(/^00-/)],
  server: ['nginx'],
}

/** Nothing else may come twice, but cookies. */
const mayRepeat = ['set-cookie']

export function expectHeaders(pairs: [name: string, value: string][]): void {
  const found = Object.groupBy(pairs, ([name]) => name.toLowerCase())
  const values = (name: string) => found[name]?.map(([, value]) => value)
  expect(Object.fromEntries(Object.keys(always).map((name) => [name, values(name)]))).toEqual(always)
  const repeated = Object.keys(found).filter((name) => (found[name]?.length ?? 0) > 1)
  expect(repeated.filter((name) => !mayRepeat.includes(name))).toEqual([])
  expect(Object.keys(found).filter((name) => /powered|^via$|access-control|strict-transport/.test(name))).toEqual([])
}
