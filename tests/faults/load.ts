import { stack } from '../stack.ts'

export type Outcome = { at: number; status: number; ms: number; failure?: string }

/**
 * Sends requests at a steady rate, whatever becomes of them, until stopped.
 *
 * An answer counts only when its body arrived whole; `status` 0 is a connection that broke, `failure` says how.
 */
export function startLoad(
  path: string,
  { perSecond = 15, init = () => ({}) }: { perSecond?: number; init?: () => RequestInit } = {},
) {
  const outcomes: Outcome[] = []
  const pending = new Set<Promise<void>>()

  async function send(): Promise<void> {
    const at = Date.now()
    try {
      const answer = await fetch(stack.url + path, { signal: AbortSignal.timeout(15_000), ...init() })
      await answer.text()
      outcomes.push({ at, status: answer.status, ms: Date.now() - at })
    } catch (error) {
      const { message, cause } = error as Error
      outcomes.push({ at, status: 0, ms: Date.now() - at, failure: String((cause as Error)?.message ?? message) })
    }
  }

  const timer = setInterval(() => {
    const request = send().finally(() => pending.delete(request))
    pending.add(request)
  }, 1_000 / perSecond)

  return {
    outcomes,
    async stop(): Promise<Outcome[]> {
      clearInterval(timer)
      await Promise.all(pending)
      return outcomes
    },
  }
}

/** How often each status came. */
export function tally(outcomes: Outcome[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
