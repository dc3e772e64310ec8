import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { decryptWith, encryptWith } from './age.ts'

const inChunks = (bytes: Buffer, size = 10_000) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
  )
const encrypt = (plain: Buffer, key = 'key') => buffer(encryptWith(key)(inChunks(plain)))
const decrypt = (encrypted: Buffer, key = 'key') => buffer(decryptWith(key, 'the file')(inChunks(encrypted)))

test('opens what age 1.1.1 encrypted with a passphrase', async () => {
  const made = Buffer.from(
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAvZEE4aW0weGcvRVUrWUtwWHdhUGVRIDE4Cm5PbDY5b1E4Z3ErNXFNaDB0OWZWSllPbGdnRkhjZjB6NEJSbmNoUGVJNGMKLS0tIFl0OUFXQ3JSaU4wOU5Oa0llVDVYR0VRMUN3VVFmMjNHd1o1R0h2a1BkdVEK5Gcmiz69LLTyxqpO030bB0+0e2AOROOv/6z2KNaEjqEy6w7wacs=',
    'base64',
  )
  expect((await decrypt(made, 'kept elsewhere')).toString()).toBe('hello\n')
}, 20_000)

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])('gives back %i bytes as they were', async (length) => {
  const plain = randomBytes(length)
  expect((await decrypt(await encrypt(plain))).equals(plain)).toBe(true)
})

test('the same twice is nothing alike', async () => {
  const plain = Buffer.alloc(1_000)
  expect(await encrypt(plain)).not.toEqual(await encrypt(plain))
})

test('does not open with another key', async () => {
  const encrypted = await encrypt(Buffer.from('text'))
  await expect(decrypt(encrypted, 'another')).rejects.toThrow("the file does not open with this shop's backup_key")
})

/** Where something stands in a file of three pieces. */
const pieces = { length: 150_000, piece: 65_552, header: 168 }
const cut = (bytes: Buffer, from: number, to: number) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
const flip = (bytes: Buffer, at: number) => {
  const flipped = Buffer.from(bytes)
  flipped[at] = (flipped[at] ?? 0) ^ 1
  return flipped
}

test.each<{ why: string; damage: (file: Buffer) => Buffer }>([
  { why: 'nothing', damage: () => Buffer.alloc(0) },
  { why: 'no such file', damage: () => randomBytes(10_000) },
  { why: 'another version', damage: (file) => flip(file, 20) },
  { why: 'another seal of its head', damage: (file) => flip(file, pieces.header - 20) },
  { why: 'a bit of the first piece', damage: (file) => flip(file, 300) },
  { why: 'a bit of the last piece', damage: (file) => flip(file, file.length - 1) },
  { why: 'a byte less', damage: (file) => file.subarray(0, -1) },
  { why: 'a byte more', damage: (file) => Buffer.concat([file, Buffer.alloc(1)]) },
  { why: 'no last piece', damage: (file) => file.subarray(0, file.length - (pieces.length % 65_536) - 16) },
  {
    why: 'no first piece',
    damage: (file) => {
      const head = file.length - pieces.length - 3 * 16
      return cut(file, head, head + pieces.piece)
    },
  },
])('with $why it is damaged', async ({ damage }) => {
  const encrypted = await encrypt(randomBytes(pieces.length))
  await expect(decrypt(damage(encrypted))).rejects.toThrow('the file is damaged')
})
