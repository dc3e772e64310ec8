import { openCounters } from '../policy/live-counters.ts'
import { newDrops } from '../policy/watch.ts'
import type { Line } from './line.ts'

/** One line for each pair or kind that was dropped: all that differ from nothing. */
export async function dropLines(): Promise<Line[]> {
  const counters = openCounters()
  try {
    const dropped = newDrops(new Map(), await counters.read())
    return dropped.length === 0 ? [{ text: 'none' }] : dropped.map((text) => ({ text }))
  } finally {
    counters.close()
  }
}
