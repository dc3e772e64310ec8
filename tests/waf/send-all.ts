import { stack } from '../stack.ts'
import { type Answer, type Sent, send } from './request.ts'

/** Sends one after the other. @returns the answers, in that order */
export async function sendAll(all: { sent: Sent }[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const { sent } of all) answers.push(await send(stack.url, sent))
  return answers
}

/** Whether it was the WAF that refused; a service has other words. */
export function isTurnedAway({ status, body }: Answer): boolean {
  return (
    (status === 403 && body.includes('looks like an attack')) ||
    (status === 400 && body.includes('The body cannot be read'))
  )
}
