import { selectFrom } from '../chaos/psql.ts'
import { eventually } from '../stack.ts'
import { runBeside } from './run-beside.ts'

/** All but the pages. */
const services = 'nginx api-gateway product-api order-api payment-api product-db order-db payment-db'

export const databases = ['product-db', 'order-db', 'payment-db'] as const

type Options = {
  name: string
  prefix: string
  /** The first two numbers of its networks. */
  network: string
  mac: string
  http: number
  https: number
  settings?: Record<string, string>
}

/** A stack beside the test stack, with names, networks, ports and data of its own. It has the same secrets, as the same shop on another machine. */
export function stackBeside({ name, prefix, network, mac, http, https, settings = {} }: Options) {
  const url = `http://localhost:${http}`
  const env = {
    COMPOSE_PROJECT_NAME: `secure-ecommerce-${name}`,
    ECOM_PREFIX: prefix,
    NET_FRONTEND: `${network}.0`,
    NET_BACKEND: `${network}.1`,
    NET_DATABASE: `${network}.2`,
    NET_PAYMENT: `${network}.3`,
    MAC_PREFIX: mac,
    HTTP_PORT: String(http),
    HTTPS_PORT: String(https),
    ...settings,
  }
  const select = selectFrom(prefix)

  /** @returns what it says. @throws Error where it does not succeed */
  async function run(command: string): Promise<string> {
    const { status, text } = await runBeside(env, command)
    if (status !== 0) throw new Error(text)
    return text
  }

  async function remove(): Promise<void> {
    await runBeside(env, 'docker compose --progress quiet stop --timeout 2')
    await runBeside(env, 'docker compose run --rm --no-deps -T network-policy remove')
    await runBeside(env, 'docker compose --progress quiet down --volumes --timeout 2')
  }

  /** Of the catalogue's first page: other suites may have sold out what comes first. */
  async function inStock(): Promise<number | undefined> {
    const page = await fetch(`${url}/api/products?limit=100`)
    const { products } = (await page.json()) as { products: { id: number; stock: number }[] }
    return products.find(({ stock }) => stock > 0)?.id
  }

  return {
    ...{ prefix, url, env, select, run, remove },

    async start(): Promise<void> {
      await remove()
      await run(`docker compose up --detach --no-build --wait ${services}`)
    },

    /** Orders something of it. @returns the status of the answer */
    async order(product?: number): Promise<number> {
      const body = JSON.stringify({ product_id: product ?? (await inStock()), quantity: 1 })
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${url}/api/orders`, { method: 'POST', headers, body })).status
    },

    /** Everything that was written down there has its seal. */
    async sealed(seconds = 60): Promise<void> {
      await eventually(seconds, async () => {
        const left = await Promise.all(
          databases.map((database) =>
            select(
              database,
              'select from audit_entries e where not exists (select from audit_seals where entry_id = e.id) limit 1',
            ),
          ),
        )
        return left.every((rows) => rows.length === 0)
      })
    },
  }
}
