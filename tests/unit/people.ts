import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { Caller, Role } from '@secure-ecommerce/kit/caller'
import { createIdentify } from '@secure-ecommerce/kit/identify'
import type { PublicKeys } from '@secure-ecommerce/kit/token-keys'
import { signAccessToken } from '@secure-ecommerce/order-api/sign-access-token'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')

export const signingKey = { kid: 'test', key: privateKey }
const publicKeys: PublicKeys = new Map([['test', publicKey]])

export const identifyIn = (authMode: 'demo' | 'enforced') =>
  createIdentify('test', { authMode, bindAddress: '127.0.0.1', publicKeys })

/** The header by which somebody of a role shows who they are. */
export async function bearer(role: Role, id: string = randomUUID()): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await signAccessToken(signingKey, { id, role })}` }
}

export const guest: Caller = { id: 'guest', role: 'guest', address: '192.0.2.1' }
