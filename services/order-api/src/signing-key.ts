import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { ConfigError, liveFile, type Setting } from '@secure-ecommerce/kit/config'
import type { PublicKeys } from '@secure-ecommerce/kit/token-keys'

export type SigningKey = { kid: string; key: KeyObject }

/** The key that access tokens are signed with, read from the file (a JWK, RFC 8037) that the variable names. */
export function signingKeyFile(variable: string): Setting<SigningKey> {
  return liveFile(variable, readSigningKey, (file) => ({
    get kid() {
      return file.current().kid
    },
    get key() {
      return file.current().key
    },
  }))
}

/** Throws for anything but an Ed25519 private key with a name. */
export function readSigningKey(text: string): SigningKey {
  try {
    const { kid, kty, crv, x, d } = JSON.parse(text)
    const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' })
    if (key.asymmetricKeyType === 'ed25519' && typeof kid === 'string' && kid !== '') return { kid, key }
  } catch {
    // Its message could quote the key.
  }
  throw new Error('expected an Ed25519 private key as JWK with a kid')
}

/** A token that nobody takes would only be noticed by the customers. */
export function checkKeyPair({ kid, key }: SigningKey, publicKeys: PublicKeys): void {
  if (publicKeys.get(kid)?.equals(createPublicKey(key))) return
  throw new ConfigError(
    'order-api cannot start: the key in JWT_PRIVATE_KEY_FILE is not among those in JWT_PUBLIC_KEYS_FILE.\n' +
      '  Run scripts/create-secrets.sh, which says what does not belong together.',
  )
}
