import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'
import { copyLine } from './copy-line.ts'
import { generateProduct } from './generate-product.ts'
import { countGenerated, finishAdding, missingNumbers, removal, startAdding } from './statements.ts'

/** Hears what is being done and, while products are sent, how many of how many are out. */
export type Progress = (step: string, done?: number, of?: number) => void

export type Seeded = { added: number; removed: number; takenOffSale: number }

/** How many generated products the shop has. */
export async function generatedProducts(): Promise<number> {
  const [line] = await psql(await runningContainer('product-db'), 'products', [countGenerated])
  if (!line)
    throw new Failure(
      'product-db runs without the table generated_products: it is older than this checkout',
      'npm start',
    )
  return Number(line)
}

/**
 * Makes the generated products exactly those numbered 1 to `count`. No other product is touched, and a generated one that is
 * there stays as it is, even where somebody changed it or took it off sale.
 */
export async function seedCatalogue(count: number, progress: Progress): Promise<Seeded> {
  const present = await generatedProducts()
  const container = await runningContainer('product-db')
  const run = (input: Iterable<string>) => psql(container, 'products', input, (line) => progress(line))

  const missing = (await psql(container, 'products', [missingNumbers(count)])).map(Number)
  const surplus = present - (count - missing.length)
  const printed = surplus > 0 ? await run([removal(count)]) : []
  if (missing.length > 0) await run(adding(missing, progress))
  return { added: missing.length, ...removedOf(printed) }
}

function* adding(numbers: number[], progress: Progress): Generator<string> {
  yield startAdding
  for (const [index, number] of numbers.entries()) {
    if (index % 5_000 === 0) progress('sending products', index, numbers.length)
    yield copyLine(generateProduct(number))
  }
  yield finishAdding
}

function removedOf(printed: string[]): Omit<Seeded, 'added'> {
  const counts = printed.findLast((line) => line.startsWith('removed '))?.split(' ') ?? []
  return { removed: Number(counts[1] ?? 0), takenOffSale: Number(counts[2] ?? 0) }
}
