import type { Database } from '@secure-ecommerce/kit/database'
import type { Category } from './product-contract.ts'

export type ListOptions = { q: string | undefined; category: Category | undefined; after: number; limit: number }

/** More words than anybody types; the rest would only narrow the answer further. */
const maxTerms = 8

/** Up to this many products a word is rare, and each of them is looked up in the other words' lists. */
const rare = 500

/**
 * The query for products that have all words of `q`, by ascending id.
 *
 * Each word is a posting list ordered by product (`product_terms`). Where one is short, each of its products is looked up in the
 * others; long lists are merged. Both stop at the limit. PostgreSQL cannot choose by itself: the plan of a prepared
 * statement is made before the words are known.
 *
 * @returns undefined when `q` has only words that English ignores, hence matches nothing
 */
export async function searchQuery(database: Database, { q, category, after, limit }: ListOptions & { q: string }) {
  const { rows } = await database.query<{ term: string; postings: number }>({
    name: 'search-terms',
    text: `select term, (select count(*) from (select from product_terms p where p.term = t.term limit ${rare}) counted) as postings
           from unnest(terms_of($1)) as t (term) order by postings limit ${maxTerms}`,
    values: [q],
  })
  const [rarest] = rows
  if (!rarest) return undefined

  const others = rows.slice(1).map((_, n) => n + 5)
  const lookUp = rarest.postings < rare
  const joins = lookUp ? [] : others.map((n) => `join product_terms t${n} using (product_id)`)
  // "offset 0" keeps PostgreSQL from turning the look-ups into a merge of whole lists.
  const matches = others.map((n) =>
    lookUp
      ? `exists (select from product_terms o where o.term = $${n} and o.product_id = p.id offset 0)`
      : `t${n}.term = $${n}`,
  )
  return {
    name: `search-products-${lookUp ? 'rare' : 'common'}-${rows.length}`,
    text: `select p.id, name, description, category, price_cents, stock, picture, created_at, updated_at
           from product_terms t4 ${joins.join(' ')} join products p on p.id = product_id
           where ${['t4.term = $4', ...matches].join(' and ')}
             and product_id > $1 and ($3::text is null or category = $3) and deleted_at is null
           order by product_id limit $2`,
    values: [after, limit, category ?? null, ...rows.map(({ term }) => term)],
  }
}
