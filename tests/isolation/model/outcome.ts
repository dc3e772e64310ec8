/**
 * What became of one attempt, as the kernel told the program that made it.
 *
 * open         connected, answered or resolved
 * refused      the target's kernel answered that nobody listens, or the container's own kernel forbade it
 * dropped      nothing came back within the limit
 * no-route     the container has no way to that network
 * no-host      nobody has that address: the target is absent, so nothing is proven
 * no-name      the resolver has no answer
 * reset        cut off by the target
 * probe-error  the probe did not run; nothing is proven
 */
const outcomes = ['open', 'refused', 'dropped', 'no-route', 'no-host', 'no-name', 'reset', 'probe-error'] as const
export type Outcome = (typeof outcomes)[number]

/** Never expected anywhere: they say nothing about the policy. */
export const inconclusive: readonly Outcome[] = ['no-host', 'probe-error']

export type Attempt = { outcome: Outcome; milliseconds: number; detail: string }

const isOutcome = (word: string): word is Outcome => (outcomes as readonly string[]).includes(word)

/**
 * Reads what programs/probe.pl prints. Whatever is missing, doubled or without the nonce is a probe-error of its job:
 * an exit code or an empty answer is never taken for a denial.
 */
export function readAttempts(printed: string, nonce: string, ids: string[]): Map<string, Attempt> {
  const lines = printed.split('\n').map((line) => line.split('\t'))
  const ended = lines.some(([word, said, count]) => word === 'end' && said === nonce && Number(count) === ids.length)
  const failed = (detail: string): Attempt => ({ outcome: 'probe-error', milliseconds: 0, detail })
  const found = Map.groupBy(lines, ([id]) => id)
  return new Map(
    ids.map((id) => {
      const [line, second] = found.get(id) ?? []
      if (!ended) return [id, failed(`the probe did not run to its end: ${printed.trim().slice(-200) || 'no output'}`)]
      if (line === undefined) return [id, failed('the probe printed no line for this attempt')]
      if (second !== undefined) return [id, failed('the probe printed this attempt twice')]
      const [, outcome = '', milliseconds, detail = ''] = line
      if (!isOutcome(outcome)) return [id, failed(`the probe printed an unknown outcome: ${outcome}`)]
      return [id, { outcome, milliseconds: Number(milliseconds), detail }]
    }),
  )
}
