import { change } from '../chaos/psql.ts'
import { stackBeside } from './stack-beside.ts'

export const second = stackBeside({
  ...{ name: 'second', prefix: 'esec', network: '10.193', mac: '02:ec:08' },
  ...{ http: 8481, https: 8444 },
})

export const { select: selectThere, order: orderThere, sealed: sealedThere } = second

/** Another state than before, of which the trail tells too. */
export async function changePriceThere(): Promise<void> {
  await change('product-db', 'update products set price_cents = price_cents + 1 where id = 1', second.prefix)
  await sealedThere()
}
