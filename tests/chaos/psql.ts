import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { stack } from '../stack.ts'

const run = promisify(execFile)
const names = { 'product-db': 'products', 'order-db': 'orders', 'payment-db': 'payments' }

export type DatabaseName = keyof typeof names

/** The rows of a query, as the superuser: what the shop's own roles may not see is what is to be seen. */
export async function select<Row>(database: DatabaseName, query: string): Promise<Row[]> {
  return JSON.parse(await psql(database, `select coalesce(json_agg(row), '[]') from (${query}) row`))
}

/** Changes what only time would change. */
export async function change(database: DatabaseName, statement: string): Promise<void> {
  await psql(database, statement)
}

/** Everything that the database would hand to a backup. */
export async function dump(database: DatabaseName): Promise<string> {
  return inContainer(database, ['pg_dump', '--username', 'postgres', '--dbname', names[database]])
}

function psql(database: DatabaseName, text: string): Promise<string> {
  const plain = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1']
  const target = ['--username', 'postgres', '--dbname', names[database]]
  return inContainer(database, ['psql', ...plain, ...target, '--command', text])
}

async function inContainer(name: string, command: string[]): Promise<string> {
  const { stdout } = await run('docker', ['exec', `${stack.prefix}-${name}`, ...command], {
    maxBuffer: 256 * 1024 ** 2,
  })
  return stdout
}
