import type { Request } from 'express'

/** Whether our script asks, which needs data instead of a page. */
export function wantsJson({ headers }: Request): boolean {
  return headers.accept === 'application/json'
}
