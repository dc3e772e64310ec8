import { accessToken, invalidToken } from '@secure-ecommerce/kit/access-token'
import { acting } from '@secure-ecommerce/kit/acting'
import { challenge } from '@secure-ecommerce/kit/check-access'
import { contractRouter, type Handlers } from '@secure-ecommerce/kit/contract-router'
import type { Identify } from '@secure-ecommerce/kit/identify'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import { accountContract, type Tokens } from './account-contract.ts'
import type { Account } from './account-store.ts'
import { passwordProblem } from './password-rules.ts'
import type { People } from './people.ts'
import { signAccessToken } from './sign-access-token.ts'
import { signIn } from './sign-in.ts'

/** The user that the demo has built in, who has no password and is in no table. */
const demoUser: Account = { id: 'demo', email: 'demo@example.com', name: 'Demo', role: 'admin' }

export function accountRoutes(people: People, identify: Identify): Router {
  const { accounts, sessions, limits, passwords, signingKey } = people

  async function tokensFor(account: Account, refreshToken: string): Promise<Tokens> {
    return {
      access_token: await signAccessToken(signingKey, account),
      token_type: 'Bearer',
      expires_in: accessToken.lifetime,
      refresh_token: refreshToken,
    }
  }

  const handlers: Handlers<typeof accountContract> = {
    async register({ caller, body: { email, password, name } }) {
      const problem = passwordProblem(password, email)
      if (problem) throw new ServiceError('invalid', 'Validation failed', { details: [problem] })
      // Who is told that an e-mail is taken has learnt something: it counts like a wrong guess.
      const attempt = await limits.count('address', caller.address)
      const passwordHash = await passwords.hash(password)
      const account = await accounts.create({ email, name, passwordHash }, acting(caller))
      if (!account) throw new ServiceError('conflict', 'There is an account with this e-mail')
      await attempt.giveBack()
      return account
    },

    async login({ caller: { address }, body }) {
      const account = await signIn(people, address, body)
      return tokensFor(account, await sessions.open(account.id, acting({ ...account, address })))
    },

    async refresh({ caller, body: { refresh_token } }) {
      const next = await sessions.rotate(refresh_token, acting(caller))
      if (next) return tokensFor(next.account, next.refreshToken)
      throw new ServiceError('unauthenticated', 'The refresh token is not valid', {
        headers: { 'www-authenticate': challenge },
      })
    },

    async logout({ caller, body: { refresh_token } }) {
      await sessions.end(refresh_token, acting(caller))
      return undefined
    },

    async readMe({ caller: { id } }) {
      const account = id === demoUser.id ? demoUser : await accounts.find(id)
      // It is gone, and its last token is not.
      if (!account) throw invalidToken()
      return account
    },
  }
  return contractRouter(accountContract, handlers, identify)
}
