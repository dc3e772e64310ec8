import type { Category } from './category.ts'

/** What a list is narrowed to. Undefined is spelt out, so that one part can be dropped from another query. */
export type CatalogueQuery = { category?: Category | undefined; q?: string | undefined; cursor?: string | undefined }

export const maxSearchLength = 100

/** The storefront's address of a list. */
export function cataloguePath({ category, q, cursor }: CatalogueQuery): string {
  const search = new URLSearchParams({ ...(q && { q }), ...(cursor && { cursor }) }).toString()
  return (category ? `/category/${category}` : '/') + (search && `?${search}`)
}
