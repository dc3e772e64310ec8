import type { AuditEntry } from '../../services/kit/src/audit-entry.ts'

export type Seal = { seq: number; entryId: number; hmac: string }

/** A seal and the entry that it is of, where that is still there. */
export type Line = Seal & { entry: AuditEntry | undefined }

/** In the order of the chain. */
export function linesOf(seals: Seal[], entries: AuditEntry[]): Line[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return seals.toSorted((a, b) => a.seq - b.seq).map((seal) => ({ ...seal, entry: byId.get(seal.entryId) }))
}
