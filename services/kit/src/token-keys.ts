import { createPublicKey, type KeyObject } from 'node:crypto'
import { liveFile, type Setting } from './config.ts'

/** The keys whose tokens are good, by `kid`: one, or two while one follows the other. */
export type PublicKeys = Pick<ReadonlyMap<string, KeyObject>, 'get'>

type Jwk = { kid?: unknown; kty?: unknown; crv?: unknown; x?: unknown; d?: unknown }

/** Public keys, read from the file (a JWK Set, RFC 7517) that the variable names. */
export function publicKeysFile(variable: string): Setting<PublicKeys> {
  return liveFile(variable, readPublicKeys, (file) => ({ get: (kid) => file.current().get(kid) }))
}

/** Throws for anything but one or two Ed25519 keys with names of their own. */
export function readPublicKeys(text: string): PublicKeys {
  const { keys } = parse(text)
  if (!Array.isArray(keys) || keys.length < 1 || keys.length > 2)
    throw new Error('expected a JWK Set of one or two keys')
  const found = new Map(keys.map(readPublicKey))
  if (found.size !== keys.length) throw new Error('two keys have the same kid')
  return found
}

function readPublicKey({ kid, kty, crv, x, d }: Jwk): [string, KeyObject] {
  if (typeof kid !== 'string' || kid === '') throw new Error('expected a kid with each key')
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') throw new Error(`${kid} is no Ed25519 key`)
  if (d !== undefined) throw new Error(`${kid} is a private key, which has no place in this file`)
  return [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]
}

function parse(text: string): { keys?: Jwk[] } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    throw new Error('the file is not JSON')
  }
}
