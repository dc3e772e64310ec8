import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** PostgreSQL's own default; RFC 7677 asks for at least this many. */
const ITERATIONS = 4096

/** What PostgreSQL stores for a SCRAM-SHA-256 password: it can check the password with it, but not learn it. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  const serverKey = hmac('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

/** Whether the verifier was made from this password. */
export function verifies(verifier: string, password: string): boolean {
  const salt = /^SCRAM-SHA-256\$4096:([A-Za-z0-9+/=]+)\$/.exec(verifier)?.[1]
  return salt !== undefined && scramVerifier(password, Buffer.from(salt, 'base64')) === verifier
}
