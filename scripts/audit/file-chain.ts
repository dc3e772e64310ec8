import type { Anchor } from '../../services/kit/src/audit-anchors.ts'
import type { AuditEntry } from '../../services/kit/src/audit-entry.ts'
import type { Chain } from './verify-chain.ts'

/** A line of a trail that is a file. */
export type FileLine = { seq: number; hmac: string; entry: AuditEntry }

export function parseLines(text: string): FileLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FileLine)
}

export function fileChain(writer: string, lines: FileLine[], anchors: Anchor[]): Chain {
  return {
    ...{ writer, anchors, accepted: new Set() },
    entries: lines.map(({ entry }) => entry),
    seals: lines.map(({ seq, hmac, entry }) => ({ seq, hmac, entryId: entry.id })),
    // What was anchored was there.
    lastId: Math.max(0, ...anchors.map(({ seq }) => seq)),
    now: new Date().toISOString(),
  }
}
