/** Something that was sent and must have been counted, by one of its counters. */
type Counted = { id: string; counters: string[]; packets: number }
export type Rise = { counters: string[]; rose: number; expected: number; ids: string[] }

/**
 * The data plane must have seen what was sent: a drop that the kernel did not count was no drop of this policy. Whatever
 * shares counters is held against them together.
 */
export function riseOf(sent: Counted[], before: Map<string, number>, after: Map<string, number>): Rise[] {
  const counted = sent.filter(({ counters }) => counters.length > 0)
  return [...Map.groupBy(counted, ({ counters }) => counters.join(' or '))].map(([, group]) => {
    const counters = group[0]?.counters ?? []
    return {
      counters,
      rose: counters.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0),
      expected: group.reduce((sum, { packets }) => sum + packets, 0),
      ids: [...new Set(group.map(({ id }) => id))],
    }
  })
}

export function riseProblems({ counters, rose, expected, ids }: Rise): string[] {
  if (rose >= expected) return []
  return [
    `counter ${counters.join(' or ')} rose by ${rose}, but should have counted ${expected} packets: ${ids.join('; ')}`,
  ]
}
