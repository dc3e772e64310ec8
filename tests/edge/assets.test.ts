import { type OutgoingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { exec, stack } from '../stack.ts'

/** fetch would unpack it, and ask for more than it is told to. */
async function get(path: string, headers: OutgoingHttpHeaders = {}) {
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const sent = request(stack.url + path, { headers }, resolve)
    sent.on('error', reject).end()
  })
  return { status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, body: await buffer(answer) }
}

const page = (await get('/')).body.toString()
const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path as string)

const folder = '/app/services/frontend/dist/client'
async function sizeOf(path: string): Promise<number> {
  const { exitCode, output } = await exec('frontend', ['stat', '--format', '%s', `${folder}${path}`])
  expect({ path, exitCode }).toEqual({ path, exitCode: 0 })
  return Number(output)
}

test('a page has a style sheet and a script, each named for its content', () => {
  expect(assets.map((path) => path.replace(/^\/assets\/[\w-]+-[\w-]{8}\./, ''))).toEqual(['css', 'js'])
})

test.each(assets)('%s may be kept for good, and comes as it was compressed when the image was built', async (path) => {
  const plain = await get(path)
  expect(plain.body.length).toBe(await sizeOf(path))
  const forms = [
    { accepted: 'gzip, deflate, br, zstd', encoding: 'br', ending: '.br', unpack: brotliDecompressSync },
    { accepted: 'gzip', encoding: 'gzip', ending: '.gz', unpack: gunzipSync },
    { accepted: 'identity', encoding: undefined, ending: '', unpack: (content: Buffer) => content },
  ]
  for (const { accepted, encoding, ending, unpack } of forms) {
    const { status, headers, raw, body } = await get(path, { 'accept-encoding': accepted })
    expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding })
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': plain.headers['content-type'],
      // Whoever compressed it for the request would not know this, nor come to the same.
      'content-length': String(await sizeOf(path + ending)),
    })
    expect(raw.filter((name) => name.toLowerCase() === 'vary')).toHaveLength(1)
    expect(headers.vary).toBe('Accept-Encoding')
    expect(unpack(body).equals(plain.body)).toBe(true)
  }
  expect(await sizeOf(`${path}.br`)).toBeLessThan(await sizeOf(`${path}.gz`))
})

test.each(assets)('who has a form of %s is told that it is still good', async (path) => {
  const form = { 'accept-encoding': 'br' }
  const { etag } = (await get(path, form)).headers
  const known = await get(path, { ...form, 'if-none-match': etag })
  expect({ status: known.status, length: known.body.length }).toEqual({ status: 304, length: 0 })
})
