import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import express from 'express'
import supertest from 'supertest'
import { afterAll, expect, test } from 'vitest'
import { clientFiles } from './client-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'client-'))
mkdirSync(join(folder, 'assets'))
const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, 'assets', name), content)
put('main-1.js', 'plain')
put('main-1.js.br', brotliCompressSync('plain'))
put('main-1.js.gz', gzipSync('plain'))
put('picture-1.webp', 'small already')
afterAll(() => rmSync(folder, { recursive: true }))

const app = express()
for (const [path, handler] of Object.entries(clientFiles(folder))) app.use(path, handler)

const get = (name: string, accepted: string) => supertest(app).get(`/assets/${name}`).set('accept-encoding', accepted)

test.each([
  { accepted: 'gzip, deflate, br, zstd', encoding: 'br' },
  { accepted: 'gzip, br;q=0.1', encoding: 'br' },
  { accepted: 'gzip, br;q=0', encoding: 'gzip' },
  { accepted: 'gzip', encoding: 'gzip' },
  { accepted: '*', encoding: 'br' },
  { accepted: 'zstd', encoding: undefined },
  { accepted: 'identity', encoding: undefined },
  { accepted: '', encoding: undefined },
])('who takes "$accepted" gets $encoding, for good', async ({ accepted, encoding }) => {
  const { status, headers } = await get('main-1.js', accepted)
  expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding })
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
})

test('each form has its own validator and the same content', async () => {
  const [plain, gzip] = [await get('main-1.js', 'identity'), await get('main-1.js', 'gzip')]
  expect(gzip.headers.etag).not.toBe(plain.headers.etag)
  // supertest has unpacked it, where it was packed.
  expect([plain.text, gzip.text]).toEqual(['plain', 'plain'])
})

test('what has one form only is sent as it is, and does not vary', async () => {
  const { status, headers } = await get('picture-1.webp', 'gzip, br')
  expect({ status, vary: headers.vary, encoding: headers['content-encoding'] }).toEqual({ status: 200 })
})

test('a file that there is not is none in any form', async () => {
  expect((await get('main-2.js', 'br')).status).toBe(404)
})
