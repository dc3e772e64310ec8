import { createHash } from 'node:crypto'
import type { Tokens } from './shop-types.ts'

/** Milliseconds that new tokens are told again, for what set out with the old ones, and for a browser that lost the answer. */
const memory = 30_000

export type Refresh = (token: string, ask: (token: string) => Promise<Tokens>) => Promise<Tokens>

/**
 * Takes a refresh token for new tokens, once for all who bring it within some seconds. Two tabs of a browser often do, and to
 * order-api a token that comes a second time is a stolen one, which ends the session. Tokens are known by their digest here, and
 * a failure is not remembered.
 */
export function refreshOnce(remember = memory): Refresh {
  const answers = new Map<string, Promise<Tokens>>()

  return function refresh(token, ask) {
    const digest = createHash('sha256').update(token).digest('base64')
    const known = answers.get(digest)
    if (known !== undefined) return known
    const answer = ask(token)
    answers.set(digest, answer)
    answer.then(
      () => setTimeout(() => answers.delete(digest), remember).unref(),
      () => answers.delete(digest),
    )
    return answer
  }
}
