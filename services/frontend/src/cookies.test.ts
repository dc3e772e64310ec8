import { expect, test } from 'vitest'
import { readCookie } from './cookies.ts'

test.each([
  { header: undefined, value: undefined },
  { header: '', value: undefined },
  { header: 'basket=7-1', value: undefined },
  { header: 'x__Host-csrf=other', value: undefined },
  { header: '__Host-csrf=a=b', value: 'a=b' },
  { header: 'basket=7-1; __Host-csrf=token; theme=dark', value: 'token' },
  { header: '__Host-csrf=first;__Host-csrf=second', value: 'first' },
])('of "$header" the cookie is $value', ({ header, value }) => {
  expect(readCookie(header, '__Host-csrf')).toBe(value)
})
