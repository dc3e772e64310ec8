import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'

type Jwk = { kid: string; x: string; d?: string }

/** A new key for access tokens, as private JWK (RFC 8037). Its name tells when it was made. */
export function newTokenKey(): string {
  const kid = `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`
  const { privateKey } = generateKeyPairSync('ed25519')
  return JSON.stringify({ kid, alg: 'EdDSA', use: 'sig', ...privateKey.export({ format: 'jwk' }) })
}

/** What the verifying services may know: this key's public half and, for tokens that are still out, that of the one before. */
export function publicKeySet(privateKey: string, before = '{"keys":[]}'): string {
  const { kid, alg, use, kty, crv, x } = JSON.parse(privateKey)
  const keys: Jwk[] = JSON.parse(before).keys
  return JSON.stringify({
    keys: [{ kid, alg, use, kty, crv, x }, ...keys.filter((key) => key.kid !== kid)].slice(0, 2),
  })
}

/** The set without what signs nothing any more, so that of two keys the one in use is never pushed out. */
export function onlyInUse(privateKey: string, publicKeys: string): string {
  const { kid } = JSON.parse(privateKey)
  return JSON.stringify({ keys: JSON.parse(publicKeys).keys.filter((key: Jwk) => key.kid === kid) })
}

/** Whether the set has this key's public half, under its name. */
export function belongs(privateKey: string, publicKeys: string): boolean {
  try {
    const { kid, kty, crv, x, d } = JSON.parse(privateKey)
    const derived = createPublicKey({ key: { kty, crv, x, d }, format: 'jwk' }).export({ format: 'jwk' })
    return JSON.parse(publicKeys).keys.some((key: Jwk) => key.kid === kid && key.x === derived.x)
  } catch {
    return false
  }
}
