import { acting } from '@secure-ecommerce/kit/acting'
import { challenge } from '@secure-ecommerce/kit/check-access'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Credentials } from './account-contract.ts'
import type { Account } from './account-store.ts'
import type { Attempt } from './login-limits.ts'
import type { People } from './people.ts'

/**
 * Whose credentials these are. Whether there is such an account shows neither in the answer nor in the time it takes.
 *
 * @throws ServiceError `unauthenticated` for wrong ones, `too_many_requests` after too many of them, even for right ones then
 */
export async function signIn(
  { accounts, limits, passwords, wrongPassword }: Omit<People, 'sessions' | 'signingKey'>,
  address: string,
  { email, password }: Credentials,
): Promise<Account> {
  const fromHere = await limits.count('address', address)
  const forAccount = await limits.count('email', email).catch(notAGuess(fromHere))
  const found = await accounts.findByEmail(email)
  const hash = found?.passwordHash ?? passwords.decoy
  const right = await passwords.verify(password, hash).catch(notAGuess(fromHere, forAccount))
  if (!found || !right) {
    wrongPassword()
    await accounts.noteWrongPassword(found?.account.id, acting({ id: 'guest', role: 'guest', address }))
    throw new ServiceError('unauthenticated', 'E-mail or password is wrong', {
      headers: { 'www-authenticate': challenge },
    })
  }
  await Promise.all([fromHere.giveBack(), forAccount.giveBack()])
  if (passwords.isOutdated(hash)) await accounts.setPasswordHash(found.account.id, await passwords.hash(password))
  return found.account
}

/** Nobody looked at the password, so these do not count. */
function notAGuess(...attempts: Attempt[]) {
  return async (error: unknown): Promise<never> => {
    await Promise.all(attempts.map((attempt) => attempt.giveBack()))
    throw error
  }
}
