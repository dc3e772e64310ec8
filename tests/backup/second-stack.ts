import { change, selectFrom } from '../chaos/psql.ts'
import { eventually } from '../stack.ts'
import { runBeside } from './run-beside.ts'

/** A stack beside the test stack, with names, networks, ports and data of its own. It has the same secrets, as the same shop on another machine. */
export const second = {
  prefix: 'esec',
  url: 'http://localhost:8481',
  env: {
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-second',
    ECOM_PREFIX: 'esec',
    NET_FRONTEND: '10.193.0',
    NET_BACKEND: '10.193.1',
    NET_DATABASE: '10.193.2',
    NET_PAYMENT: '10.193.3',
    MAC_PREFIX: '02:ec:08',
    HTTP_PORT: '8481',
    HTTPS_PORT: '8444',
  },
}

export const selectThere = selectFrom(second.prefix)

/** All but the pages. */
const services = 'nginx api-gateway product-api order-api payment-api product-db order-db payment-db'

export async function startSecondStack(): Promise<void> {
  await removeSecondStack()
  const { status, text } = await runBeside(second.env, `docker compose up --detach --no-build --wait ${services}`)
  if (status !== 0) throw new Error(text)
}

export async function removeSecondStack(): Promise<void> {
  await runBeside(second.env, 'docker compose --progress quiet stop --timeout 2')
  await runBeside(second.env, 'docker compose run --rm --no-deps -T network-policy remove')
  await runBeside(second.env, 'docker compose --progress quiet down --volumes --timeout 2')
}

/** Orders something of it. @returns the status of the answer */
export async function orderThere(product?: number): Promise<number> {
  const body = JSON.stringify({ product_id: product ?? (await inStockThere()), quantity: 1 })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${second.url}/api/orders`, { method: 'POST', headers, body })).status
}

/** Of the catalogue's first page: other suites may have sold out what comes first. */
async function inStockThere(): Promise<number | undefined> {
  const page = await fetch(`${second.url}/api/products?limit=100`)
  const { products } = (await page.json()) as { products: { id: number; stock: number }[] }
  return products.find(({ stock }) => stock > 0)?.id
}

/** Another state than before, of which the trail tells too. */
export async function changePriceThere(): Promise<void> {
  await change('product-db', 'update products set price_cents = price_cents + 1 where id = 1', second.prefix)
  await sealedThere()
}

/** Everything that was written down there has its seal. */
export async function sealedThere(seconds = 60): Promise<void> {
  await eventually(seconds, async () => {
    const databases = ['product-db', 'order-db', 'payment-db'] as const
    const left = await Promise.all(
      databases.map((database) =>
        selectThere(
          database,
          'select from audit_entries e where not exists (select from audit_seals where entry_id = e.id) limit 1',
        ),
      ),
    )
    return left.every((rows) => rows.length === 0)
  })
}
