import { Failure } from '../stack/failure.ts'

type Page = { products: { id: number }[]; next_cursor: string | null }

/** A page of the catalogue, as the API gives it. */
export async function productPage(baseUrl: string, query: Record<string, string>): Promise<Page> {
  const path = `/api/products?${new URLSearchParams(query)}`
  const answer = await fetch(baseUrl + path, { signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new Failure(
      `expected ${baseUrl} to answer but it does not: ${error.cause?.message ?? error.message}`,
      'npm start',
    )
  })
  if (!answer.ok) throw new Failure(`expected 200 for GET ${path} but found ${answer.status}`)
  return (await answer.json()) as Page
}

/** Walks the catalogue page by page, as far as there is one. */
export async function* productPages(baseUrl: string): AsyncGenerator<{ ids: number[]; cursor: string | null }> {
  let cursor: string | null = null
  do {
    const page: Page = await productPage(baseUrl, { limit: '100', ...(cursor && { cursor }) })
    cursor = page.next_cursor
    yield { ids: page.products.map(({ id }) => id), cursor }
  } while (cursor)
}

/** Up to a thousand products on sale. */
export async function productIds(baseUrl: string): Promise<number[]> {
  const ids: number[] = []
  for await (const page of productPages(baseUrl)) {
    ids.push(...page.ids)
    if (ids.length >= 1_000) break
  }
  if (ids.length === 0)
    throw new Failure('expected products in the shop but there are none', 'npm run seed -- --products 1000')
  return ids
}

export async function createProduct(baseUrl: string, product: object): Promise<number> {
  const answer = await fetch(`${baseUrl}/api/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(product),
    signal: AbortSignal.timeout(10_000),
  })
  if (answer.status !== 201)
    throw new Failure(`expected 201 for POST /api/products but found ${answer.status}: ${await answer.text()}`)
  return ((await answer.json()) as { id: number }).id
}
