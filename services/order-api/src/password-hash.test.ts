import { expect, test } from 'vitest'
import { passwords } from './password-hash.ts'

const { hash, verify, isOutdated, decoy } = passwords()

test('a hash is argon2id with the parameters of OWASP, salted, and knows its password', async () => {
  const [one, other] = [await hash('correct horse'), await hash('correct horse')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(one).not.toBe(other)
  expect([await verify('correct horse', one), await verify('correct horsf', one)]).toEqual([true, false])
  expect(isOutdated(one)).toBe(false)
})

test('a password is the same however its letters are composed', async () => {
  expect(await verify('Zoe\u0308 \u1e9b\u0323', await hash('Zo\u00eb \u1e9b\u0323'.normalize('NFD')))).toBe(true)
})

test('a hash with other parameters is verified with its own, and known to be outdated', async () => {
  const old = await outdated('password1!')
  expect([await verify('password1!', old), await verify('password2!', old)]).toEqual([true, false])
  expect(isOutdated(old)).toBe(true)
})

test('nobody has the password of the decoy, and it takes as long to find out', async () => {
  expect(await verify('', decoy)).toBe(false)
  expect(isOutdated(decoy)).toBe(false)
})

test('what is no argon2id hash is a bug, not a wrong password', async () => {
  await expect(verify('x', '$2b$10$abcdefghijklmnopqrstuv')).rejects.toThrow('not an argon2id hash')
})

/** A hash as an earlier version of the shop could have made it. */
async function outdated(password: string): Promise<string> {
  const { argon2Sync } = await import('node:crypto')
  const nonce = Buffer.from('somesalt1234')
  const parameters = { memory: 4_096, passes: 3, parallelism: 2, tagLength: 24 }
  const tag = argon2Sync('argon2id', { message: password, nonce, ...parameters })
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=4096,t=3,p=2$${text(nonce)}$${text(tag)}`
}
