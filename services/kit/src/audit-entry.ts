import { createHmac } from 'node:crypto'

/** What somebody did, as it is in `audit_entries` or in a line of a trail that is a file. */
export type AuditEntry = {
  /** Given by the database, unique in it; in a file the entry's place. */
  id: number
  /** UTC to the microsecond: 2026-11-21T18:00:00.123456Z. */
  at: string
  actor: string
  role: string
  action: string
  subject: string
  subject_id: string
  address: string | null
  result: string
  request_id: string | null
  details: Record<string, unknown>
}

/** What stands before the first entry of a chain. */
export const genesis = '0'.repeat(64)

/**
 * The one form in which an entry is sealed: a JSON array without white space of writer, id, at, actor, role, action, subject,
 * subject_id, address, result, request_id, details; texts, numbers and the members of objects as RFC 8785 writes and sorts them.
 */
export function canonical(writer: string, entry: AuditEntry): string {
  const { id, at, actor, role, action, subject, subject_id, address, result, request_id, details } = entry
  return JSON.stringify(
    sorted([writer, id, at, actor, role, action, subject, subject_id, address, result, request_id, details]),
  )
}

/** HMAC-SHA256 in hexadecimal of the seal before (or {@link genesis}), a line feed, and the entry's canonical form in UTF-8. */
export function sealOf(key: string, previous: string, writer: string, entry: AuditEntry): string {
  return createHmac('sha256', key)
    .update(`${previous}\n${canonical(writer, entry)}`)
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}
