import type { Chain } from '../../../scripts/audit/verify-chain.ts'
import type { Anchor } from '../../../services/kit/src/audit-anchors.ts'
import { type AuditEntry, genesis, sealOf } from '../../../services/kit/src/audit-entry.ts'

export const writer = 'order-api'
export const key = 'the key of the writer'
const start = Date.parse('2026-11-21T18:00:00Z')

/** An entry as a service writes it, a second after the one before. */
export function entryOf(id: number): AuditEntry {
  return {
    id,
    at: `${new Date(start + id * 1_000).toISOString().slice(0, -1)}000Z`,
    ...{ actor: 'demo', role: 'admin', action: 'product.changed', subject: 'product', subject_id: String(id) },
    ...{ address: '192.0.2.1', result: 'done', request_id: 'a'.repeat(32), details: { stock: ['1', String(id)] } },
  }
}

/** A chain that nobody touched, which was anchored after every `every` seals. */
export function wholeChain(length: number, every = 1): Chain {
  const entries = Array.from({ length }, (_, n) => entryOf(n + 1))
  const anchors: Anchor[] = [{ writer, seq: 0, hmac: genesis, at: '' }]
  let hmac = genesis
  const seals = entries.map((entry, n) => {
    hmac = sealOf(key, hmac, writer, entry)
    if ((n + 1) % every === 0 || n + 1 === length) anchors.push({ writer, seq: n + 1, hmac, at: '' })
    return { seq: n + 1, entryId: entry.id, hmac }
  })
  const now = new Date(start + (length + 600) * 1_000).toISOString()
  return { writer, entries, seals, anchors, accepted: new Set(), lastId: length, now }
}
