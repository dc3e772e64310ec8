import { expect, test } from 'vitest'
import { addToBasket, countItems, formatBasket, maxEntries, readBasket, setQuantity } from './basket-cookie.ts'

const mug = { id: 4, quantity: 1 }
const lamp = { id: 7, quantity: 2 }

test('a basket survives the way through the browser', () => {
  expect(readBasket(`theme=dark; basket=${formatBasket([mug, lamp])}; other=1`)).toEqual([mug, lamp])
  expect(formatBasket([])).toBe('')
})

test.each([
  { why: 'no cookie at all', cookie: undefined },
  { why: 'an empty basket', cookie: 'basket=' },
  { why: 'another cookie that ends in basket', cookie: 'mybasket=4-1' },
  { why: 'markup', cookie: 'basket=<script>alert(1)</script>' },
  { why: 'SQL', cookie: "basket=1'; drop table products" },
  { why: 'encoded characters', cookie: 'basket=%34%2D1' },
  { why: 'a quantity of zero', cookie: 'basket=4-0' },
  { why: 'a negative quantity', cookie: 'basket=4--1' },
  { why: 'a huge quantity', cookie: 'basket=4-1000000000' },
  { why: 'a quantity with leading zeros', cookie: 'basket=4-01' },
  { why: 'an id of zero', cookie: 'basket=0-1' },
  { why: 'an id beyond the safe integers', cookie: 'basket=9999999999999999999-1' },
  { why: 'a name of Object.prototype', cookie: 'basket=__proto__-1' },
  { why: 'a value that never ends', cookie: `basket=${'1-1.'.repeat(10_000)}` },
])('$why is an empty basket', ({ cookie }) => {
  expect(readBasket(cookie)).toEqual([])
})

test('what is malformed or repeated is left out, and the rest is kept', () => {
  expect(readBasket('basket=4-1.x-1.4-9.7-2.-.')).toEqual([mug, lamp])
})

test('a cookie with more products than fit is cut', () => {
  const many = Array.from({ length: maxEntries + 5 }, (_, i) => ({ id: i + 1, quantity: 1 }))
  expect(readBasket(`basket=${formatBasket(many)}`)).toHaveLength(maxEntries)
})

test('the largest basket fits the cookie that is read back', () => {
  const largest = Array.from({ length: maxEntries }, (_, i) => ({ id: 999_999_999_999_900 + i, quantity: 99 }))
  expect(readBasket(`basket=${formatBasket(largest)}`)).toEqual(largest)
})

test('adding joins a product that is there, up to the limits', () => {
  expect(addToBasket([mug], mug.id, 2)).toEqual([{ id: mug.id, quantity: 3 }])
  expect(addToBasket([mug], mug.id, 99)).toEqual([{ id: mug.id, quantity: 99 }])
  const full = Array.from({ length: maxEntries }, (_, i) => ({ id: i + 1, quantity: 1 }))
  expect(addToBasket(full, maxEntries + 1, 1)).toBeNull()
  expect(addToBasket(full, 1, 1)).toHaveLength(maxEntries)
})

test('a quantity is set, and zero takes the product out', () => {
  expect(setQuantity([mug, lamp], mug.id, 5)).toEqual([{ id: mug.id, quantity: 5 }, lamp])
  expect(setQuantity([mug, lamp], mug.id, 0)).toEqual([lamp])
  expect(setQuantity([mug], lamp.id, 5)).toEqual([mug])
  expect(countItems([mug, lamp])).toBe(3)
})
