export type Answer = {
  /** Unix milliseconds. */
  sent: number
  received: number
  status: number
  body: string
}

/**
 * What is wrong with the answers to one key: each must be the one that was kept.
 *
 * Only what was refused at once because it was sold out is not kept, so it may come before a first answer, but not after one.
 *
 * @param kept what the key was answered with at last; undefined where it was never claimed
 */
export function unequalAnswers(answers: Answer[], kept: Pick<Answer, 'status' | 'body'> | undefined): string[] {
  const isKept = ({ status, body }: Answer) => status === kept?.status && body === kept.body
  const firstKept = Math.min(...answers.filter(isKept).map(({ received }) => received))
  return answers
    .filter((answer) => !isKept(answer) && !(isSoldOut(answer) && answer.sent < firstKept))
    .map(({ status, body }) => `expected ${kept?.status} ${kept?.body}, but found ${status} ${body}`)
}

function isSoldOut({ status, body }: Answer): boolean {
  return status === 409 && body.includes('"Not enough stock"')
}
