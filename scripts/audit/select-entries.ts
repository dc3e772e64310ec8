import type { AuditEntry } from '../../services/kit/src/audit-entry.ts'

/** What somebody wants to read about; nothing is everything. */
type Name = string | undefined
export type Wanted = { order: Name; account: Name; product: Name; since: Date | undefined }

/** The entries about it, of all writers, in the order of time. An order's reference joins what its services did for it. */
export function selectEntries(entries: AuditEntry[], { order, account, product, since }: Wanted): AuditEntry[] {
  const named = (subject: string, id: string | undefined) => (entry: AuditEntry) =>
    id !== undefined && entry.subject === subject && entry.subject_id === id
  const reference = entries.find((entry) => named('order', order)(entry) && entry.details.reference)?.details.reference
  const about = (entry: AuditEntry) =>
    named('order', order)(entry) ||
    named('stock', reference as string | undefined)(entry) ||
    named('payment', reference as string | undefined)(entry) ||
    named('account', account)(entry) ||
    (account !== undefined && entry.actor === account) ||
    named('product', product)(entry)
  const all = order === undefined && account === undefined && product === undefined
  return entries
    .filter((entry) => (all || about(entry)) && (!since || Date.parse(entry.at) >= since.getTime()))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}
