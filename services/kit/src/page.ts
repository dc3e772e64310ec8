import { ServiceError } from './service-error.ts'

/** The id after which a page begins; `fallback` for the first page. Throws `invalid` for a cursor that we did not make. */
export function pageStart(cursor: string | undefined, fallback: number): number {
  if (cursor === undefined) return fallback
  const id = fromCursor(cursor)
  if (id === undefined)
    throw new ServiceError('invalid', 'Validation failed', { details: ['cursor is not one of ours'] })
  return id
}

/** Splits what a query for `limit + 1` rows brought into the page and the cursor of the next, null at the end. */
export function toPage<Row extends { id: number }>(
  rows: Row[],
  limit: number,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? toCursor(last.id) : null }
}

function toCursor(id: number): string {
  return Buffer.from(String(id)).toString('base64url')
}

function fromCursor(cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64url').toString()
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined
}
