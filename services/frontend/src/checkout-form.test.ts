import { expect, test } from 'vitest'
import { parseCheckout } from './checkout-form.ts'

const form = {
  name: "Nuala O'Brien",
  email: 'nuala@example.com',
  address: '12 Long Lane\r\nGalway',
  payment_token: 'tok_visa',
  idempotency_key: '4be0643f-1d98-473b-97cd-ca98a65347dd',
}

test('a complete form is taken, its lines ended the one way', () => {
  expect(parseCheckout(form)).toEqual({ values: { ...form, address: '12 Long Lane\nGalway' }, errors: null })
})

test.each([
  { why: 'Chinese', name: '王小明', address: '北京市朝阳区' },
  { why: 'emoji', name: 'Zoë 🎧', address: '1 Rue de la Paix 🗼' },
  { why: 'what looks like SQL', name: 'select * from users', address: "'; drop table orders; --" },
  { why: 'what looks like markup', name: '<b>Bold</b>', address: '<script>alert(1)</script>' },
])('$why is a name and an address like any other', ({ name, address }) => {
  expect(parseCheckout({ ...form, name, address })).toMatchObject({ values: { name, address }, errors: null })
})

test.each([
  { field: 'name', value: '   ', message: 'Enter your name' },
  { field: 'name', value: undefined, message: 'Enter your name' },
  { field: 'name', value: 'x'.repeat(101), message: 'Your name may have at most 100 characters' },
  { field: 'name', value: 'Nu\u0000ala', message: 'Your name holds characters that cannot be printed' },
  { field: 'name', value: 'two\nlines', message: 'Your name holds characters that cannot be printed' },
  { field: 'email', value: 'nuala', message: 'Enter an e-mail address such as name@example.com' },
  { field: 'email', value: 'a@b@c', message: 'Enter an e-mail address such as name@example.com' },
  { field: 'address', value: '', message: 'Enter the address to deliver to' },
  { field: 'address', value: '\u001b[2J', message: 'The address holds characters that cannot be printed' },
  { field: 'address', value: 'half a pair: \ud83c', message: 'The address holds characters that cannot be printed' },
  { field: 'payment_token', value: 'tok_free', message: 'Choose a way to pay' },
])('$field of $value is answered with "$message"', ({ field, value, message }) => {
  const { values, errors } = parseCheckout({ ...form, [field]: value })
  expect(errors).toEqual({ [field]: message })
  expect(values.email).toBe(field === 'email' ? value : form.email)
})

test('every wrong field is told at once', () => {
  const { errors } = parseCheckout({ idempotency_key: form.idempotency_key })
  expect(Object.keys(errors ?? {})).toEqual(['name', 'email', 'address', 'payment_token'])
})

test.each([
  { why: 'a field too many', body: { ...form, total: '0.01' } },
  { why: 'a key that is not ours', body: { ...form, idempotency_key: 'again' } },
  { why: 'no form', body: undefined },
])('$why is refused as a whole', ({ body }) => {
  expect(() => parseCheckout(body)).toThrow()
})
