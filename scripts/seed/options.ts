import { parseArgs } from 'node:util'
import { Failure, orUsage } from '../stack/failure.ts'

const usage = 'npm run seed -- --products 100000, or npm run seed -- --remove'

/** Beyond this a laptop's Docker disk becomes the subject of the experiment. */
const most = 1_000_000

/** How many generated products there are to be: none with `--remove`. */
export function wantedProducts(args: string[]): number {
  const { products, remove } = parse(args)
  if ((products === undefined) === !remove) throw new Failure('expected either --products or --remove', usage)
  if (products === undefined) return 0
  if (!/^[1-9]\d*$/.test(products) || Number(products) > most) {
    throw new Failure(
      `expected --products to be a number from 1 to ${most} but found ${JSON.stringify(products)}`,
      usage,
    )
  }
  return Number(products)
}

function parse(args: string[]) {
  return orUsage(usage, () => {
    return parseArgs({ args, options: { products: { type: 'string' }, remove: { type: 'boolean', default: false } } })
      .values
  })
}
