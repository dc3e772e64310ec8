import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inPlainHttp } from './folder.ts'

test('nginx as it is shipped passes everything on by https, and in the other one nothing', () => {
  const shipped = readFileSync('nginx/conf.d/shop.conf', 'utf8')
  const schemes = (text: string) => new Set(text.match(/(?<=proxy_pass )\w+(?=:)/g))
  expect(schemes(shipped)).toEqual(new Set(['https']))
  expect(schemes(inPlainHttp(shipped))).toEqual(new Set(['http']))
})

test('a configuration in which there is nothing to replace is a failure', () => {
  expect(() => inPlainHttp('proxy_pass http://api-gateway;')).toThrow('by https')
})
