import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto'
import { Failure } from '../stack/failure.ts'
import { piecesOf } from './pieces.ts'

/**
 * The format of age (age-encryption.org/v1) with a passphrase: whoever has secrets/backup_key opens a part with `age --decrypt`, without
 * this repository, and nobody without it makes one that opens. Each 64 KiB are authenticated with their place and whether they are the last.
 */
type Stage = (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>

const version = 'age-encryption.org/v1'
const pieceSize = 64 * 1024
const tagSize = 16
const nonceSize = 16
/** Of scrypt's cost, the logarithm. What create-secrets.sh makes has 256 bits, which need no stretching. */
const cost = 14
/** A GiB of memory; `age` itself makes 18. */
const highestCost = 20

export function encryptWith(passphrase: string): Stage {
  return async function* encrypt(plain) {
    const fileKey = randomBytes(16)
    const nonce = randomBytes(nonceSize)
    yield Buffer.concat([headerOf(passphrase, fileKey), nonce])
    const key = derive(fileKey, nonce, 'payload')
    let place = 0
    for await (const { piece, last } of piecesOf(plain, pieceSize)) yield seal(key, nonceOf(place++, last), piece)
  }
}

/**
 * Nothing leaves it that was not authenticated, but what came before a damage has left it by then.
 *
 * @param name what it is called in a {@link Failure}
 */
export function decryptWith(passphrase: string, name: string): Stage {
  return async function* decrypt(encrypted) {
    let key: Buffer | undefined
    let place = 0
    for await (const { piece, last, header } of piecesOf(encrypted, pieceSize + tagSize, headerSize)) {
      if (header) key = openHeader(passphrase, header, name)
      const plain = key && open(key, nonceOf(place++, last), piece)
      if (!plain) throw new Failure(`${name} is damaged`)
      yield plain
    }
  }
}

function headerOf(passphrase: string, fileKey: Buffer): Buffer {
  const salt = randomBytes(16)
  const wrapped = seal(wrappingKey(passphrase, salt, cost), Buffer.alloc(12), fileKey)
  const head = `${version}\n-> scrypt ${base64(salt)} ${cost}\n${base64(wrapped)}\n---`
  return Buffer.from(`${head} ${base64(macOf(fileKey, head))}\n`)
}

const headerForm = new RegExp(`^(${version}\n-> scrypt ([\\w+/]{22}) (\\d{1,2})\n([\\w+/]{43})\n---) ([\\w+/]{43})\n`)

/** With the nonce behind it; undefined where the bytes begin with none. */
function headerSize(bytes: Buffer): number | undefined {
  const [header] = headerForm.exec(bytes.toString('latin1', 0, 256)) ?? []
  return header === undefined ? undefined : header.length + nonceSize
}

function openHeader(passphrase: string, header: Buffer, name: string): Buffer {
  const [, head = '', salt = '', logarithm = '', wrapped = '', mac = ''] =
    headerForm.exec(header.toString('latin1')) ?? []
  if (Number(logarithm) > highestCost) throw new Failure(`${name} asks for more work than this script does`)
  const key = wrappingKey(passphrase, Buffer.from(salt, 'base64'), Number(logarithm))
  const fileKey = open(key, Buffer.alloc(12), Buffer.from(wrapped, 'base64'))
  if (!fileKey)
    throw new Failure(
      `${name} does not open with this shop's backup_key`,
      'put the key that it was made with in its place',
    )
  // As text: of its last character two bits stand for nothing.
  const expected = Buffer.from(base64(macOf(fileKey, head)))
  if (!timingSafeEqual(expected, Buffer.from(mac))) throw new Failure(`${name} is damaged`)
  return derive(fileKey, header.subarray(-nonceSize), 'payload')
}

function wrappingKey(passphrase: string, salt: Buffer, logarithm: number): Buffer {
  const labelled = Buffer.concat([Buffer.from(`${version}/scrypt`), salt])
  return scryptSync(passphrase, labelled, 32, { N: 2 ** logarithm, r: 8, p: 1, maxmem: 2 ** (logarithm + 11) })
}

const derive = (key: Buffer, salt: Buffer, info: string) => Buffer.from(hkdfSync('sha256', key, salt, info, 32))

const macOf = (fileKey: Buffer, head: string) =>
  createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(head)
    .digest()

function nonceOf(place: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(place, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

const algorithm = 'chacha20-poly1305'
const tag = { authTagLength: tagSize }

function seal(key: Buffer, nonce: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce, tag)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @returns undefined where it was not sealed with this key and nonce */
function open(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer | undefined {
  if (sealed.length < tagSize) return undefined
  const decipher = createDecipheriv(algorithm, key, nonce, tag)
  decipher.setAuthTag(sealed.subarray(-tagSize))
  const plain = decipher.update(sealed.subarray(0, -tagSize))
  try {
    decipher.final()
    return plain
  } catch {
    return undefined
  }
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
