import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { type AtMost, atMost } from './at-most.ts'

/** OWASP's parameters for argon2id: 19 MiB of memory, two passes, one lane. */
const current = 'm=19456,t=2,p=1'

const derive = promisify(argon2)
const pattern = /^\$argon2id\$v=19\$(m=\d+,t=\d+,p=\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export type Passwords = ReturnType<typeof passwords>

/** Hashes as PHC strings, which name their own parameters. Two at once: each takes 19 MiB of the little that the container has. */
export function passwords(inTurn: AtMost = atMost(2, { places: 16, patience: 3_000 })) {
  return {
    hash: (password: string) => inTurn(() => toPhc(password, current, randomBytes(16), 32)),

    async verify(password: string, hash: string): Promise<boolean> {
      const { parameters, salt, tag } = parsePhc(hash)
      const again = await inTurn(() => toPhc(password, parameters, salt, tag.length))
      return timingSafeEqual(parsePhc(again).tag, tag)
    },

    /** Whether it was made with other parameters than are made today. */
    isOutdated: (hash: string) => parsePhc(hash).parameters !== current,

    /** A hash that no password has, which takes as long to find out as any other. */
    decoy: phc(current, randomBytes(16), randomBytes(32)),
  }
}

async function toPhc(password: string, parameters: string, salt: Buffer, tagLength: number): Promise<string> {
  const [memory = 0, passes = 0, parallelism = 0] = (parameters.match(/\d+/g) ?? []).map(Number)
  // One character may be written in several ways; NFC makes them one.
  const message = password.normalize('NFC')
  const tag = await derive('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength })
  return phc(parameters, salt, tag)
}

function phc(parameters: string, salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$${parameters}$${text(salt)}$${text(tag)}`
}

function parsePhc(hash: string) {
  const [, parameters, salt, tag] = pattern.exec(hash) ?? []
  if (parameters === undefined || salt === undefined || tag === undefined) throw new Error('not an argon2id hash')
  return { parameters, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') }
}
