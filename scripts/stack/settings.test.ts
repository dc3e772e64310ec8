import { expect, test } from 'vitest'
import { valueIn } from './settings.ts'

test.each([
  { why: 'a plain line', env: 'ECOM_PREFIX=shop\n', value: 'shop' },
  { why: 'the last of two lines', env: 'ECOM_PREFIX=a\nECOM_PREFIX=b\n', value: 'b' },
  { why: 'quotes', env: `ECOM_PREFIX="a b"`, value: 'a b' },
  { why: "a Windows line's end", env: 'ECOM_PREFIX=shop\r\n', value: 'shop' },
  { why: 'a comment after the value', env: 'ECOM_PREFIX=shop # ours', value: 'shop' },
  { why: 'a comment after quotes', env: `ECOM_PREFIX='a # b' # ours`, value: 'a # b' },
  { why: 'a number sign in the value', env: 'ECOM_PREFIX=a#b', value: 'a#b' },
  { why: 'a value with an equals sign', env: 'ECOM_PREFIX=a=b', value: 'a=b' },
  { why: 'a name that only begins alike', env: 'ECOM_PREFIX_OLD=a', value: undefined },
  { why: 'a comment', env: '#ECOM_PREFIX=a', value: undefined },
])('.env with $why gives $value', ({ env, value }) => {
  expect(valueIn(env, 'ECOM_PREFIX')).toBe(value)
})
