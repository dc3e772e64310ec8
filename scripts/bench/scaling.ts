import { generatedProducts, seedCatalogue } from '../seed/catalogue.ts'
import { Failure } from '../stack/failure.ts'
import type { Options } from './options.ts'
import { type Result, resultOf } from './round.ts'
import { say } from './session.ts'
import { productPage, productPages } from './shop-api.ts'
import { type Load, runWrk } from './wrk.ts'

const small = 1_000
const large = 100_000

/** Milliseconds. Two figures of the small catalogue, for how far they lie apart is what the machine alone makes of it. */
export type Scaled = { name: string; smallBefore: number; smallAfter: number; large: number }

/** How people search, in words of the generated catalogue. Each is looked for equally often. */
const searches: Record<string, Record<string, string>> = {
  'rare word': { q: 'Halvik' },
  'middling word': { q: 'gamepad' },
  'common word': { q: 'made' },
  'two words': { q: 'everyday repairs' },
  'a common and a rare word': { q: 'made Halvik' },
  'two words in a category': { q: 'ribbed wool', category: 'clothing' },
  'no match': { q: 'zeppelin' },
}

/**
 * p50 of a list page, a search and a read with a catalogue of 1,000 and of 100,000 generated products, at product-api itself, where
 * no layer before it hides the difference. The small catalogue is measured before and after the large one, so that a machine that
 * is busier for a while shows in both. Afterwards the shop has as many generated products as before.
 */
export async function measureScaling(
  url: string,
  { rounds, seconds }: Options,
  signal: AbortSignal,
): Promise<Scaled[]> {
  // One connection: waiting in a queue is not what a larger catalogue costs.
  const load = { connections: 1, seconds: Math.min(seconds, 1), signal }
  const before = await generatedProducts()
  const seed = async (count: number) => {
    say(`a catalogue of ${count.toLocaleString('en')} generated products`)
    await seedCatalogue(count, () => {})
  }
  const measure = async () => {
    const kinds = await requestKinds(url)
    const results: Record<string, number> = {}
    for (const [name, paths] of Object.entries(kinds)) results[name] = (await repeat(url, paths, load, rounds)).p50
    return results
  }

  try {
    await seed(small)
    const first = await measure()
    await seed(large)
    const many = await measure()
    await seed(small)
    const second = await measure()
    return Object.keys(many).map((name) => ({
      name,
      smallBefore: first[name] ?? Number.NaN,
      smallAfter: second[name] ?? Number.NaN,
      large: many[name] ?? Number.NaN,
    }))
  } finally {
    await seed(before)
  }
}

/** What is asked for, by kind: pages from the first to the last, reads of products all over the catalogue, searches. */
async function requestKinds(url: string): Promise<Record<string, string[]>> {
  const ids: number[] = []
  const cursors: string[] = []
  for await (const page of productPages(url)) {
    ids.push(...page.ids)
    if (page.cursor) cursors.push(page.cursor)
  }
  const path = (query: Record<string, string>) => `/api/products?${new URLSearchParams(query)}`
  const deep = cursors.map((cursor) => path({ cursor }))
  const words = Object.entries(searches).map(([name, query]) => [`search: ${name}`, [path(query)]] as const)
  return {
    'list, first page': ['/api/products'],
    'list, any later page': deep,
    'list of a category, any page': [
      path({ category: 'books' }),
      ...cursors.map((cursor) => path({ category: 'books', cursor })),
    ],
    'search, all kinds': [...words.flatMap(([, paths]) => paths), await laterSearchPage(url, path)],
    ...Object.fromEntries(words),
    'read by id': ids.map((id) => `/api/products/${id}`),
  }
}

/** The second page of a common word. */
async function laterSearchPage(url: string, path: (query: Record<string, string>) => string): Promise<string> {
  const { next_cursor } = await productPage(url, { q: 'made' })
  return path({ q: 'made', ...(next_cursor && { cursor: next_cursor }) })
}

async function repeat(url: string, paths: string[], load: Load, rounds: number): Promise<Result> {
  const results = []
  for (let round = 0; round < rounds; round++) results.push(await runWrk(url, { method: 'GET', paths }, load))
  const result = resultOf(results)
  if (result.failed > 0) throw new Failure(`${result.failed} of ${result.requests} requests like ${paths[0]} failed`)
  return result
}
