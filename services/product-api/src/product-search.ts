import type { Database } from '@secure-ecommerce/kit/database'
import type { ListOptions } from './product-store.ts'

/** More words than anybody types; the rest would only narrow the answer further. */
const maxTerms = 8

/**
 * The query for products that have all words of `q`, by ascending id.
 *
 * Each word is a posting list ordered by product (`product_terms`), so PostgreSQL merges the lists and stops at the limit.
 *
 * @returns undefined when `q` has only words that English ignores, hence matches nothing
 */
export async function searchQuery(database: Database, { q, category, after, limit }: ListOptions & { q: string }) {
  const { rows } = await database.query<{ terms: string[] }>({
    name: 'search-terms',
    text: 'select terms_of($1) as terms',
    values: [q],
  })
  const terms = (rows[0]?.terms ?? []).slice(0, maxTerms)
  if (terms.length === 0) return undefined

  const joins = terms.slice(1).map((_, n) => `join product_terms t${n + 2} using (product_id)`)
  const matches = terms.map((_, n) => `t${n + 1}.term = $${n + 4}`)
  return {
    name: `search-products-${terms.length}`,
    text: `select p.id, name, description, category, price_cents, stock, picture, created_at, updated_at
           from product_terms t1 ${joins.join(' ')} join products p on p.id = product_id
           where ${matches.join(' and ')} and product_id > $1 and ($3::text is null or category = $3) and deleted_at is null
           order by product_id limit $2`,
    values: [after, limit, category ?? null, ...terms],
  }
}
