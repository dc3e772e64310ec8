import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { stack } from '../stack.ts'

const run = promisify(execFile)
const names = { 'product-db': 'products', 'order-db': 'orders', 'payment-db': 'payments' }

export type DatabaseName = keyof typeof names

export type Select = <Row>(database: DatabaseName, query: string) => Promise<Row[]>

/** The rows of a query, as the superuser: what the shop's own roles may not see is what is to be seen. */
export const select = selectFrom(stack.prefix)

/**
 * The same of a stack beside this one.
 *
 * @param suffix of the databases' names, where it is not theirs that are meant
 */
export function selectFrom(prefix: string, suffix = ''): Select {
  return async (database, query) => {
    const text = `select coalesce(json_agg(row), '[]') from (${query}) row`
    return JSON.parse(await psql(database, text, prefix, names[database] + suffix))
  }
}

/** Changes what only time would change. */
export async function change(database: DatabaseName, statement: string, prefix = stack.prefix): Promise<void> {
  await psql(database, statement, prefix)
}

/** Everything that the database would hand to a backup. */
export async function dump(database: DatabaseName): Promise<string> {
  return inContainer(database, ['pg_dump', '--username', 'postgres', '--dbname', names[database]])
}

function psql(database: DatabaseName, text: string, prefix = stack.prefix, name: string = names[database]) {
  const plain = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1']
  const target = ['--username', 'postgres', '--dbname', name]
  return inContainer(database, ['psql', ...plain, ...target, '--command', text], prefix)
}

async function inContainer(name: string, command: string[], prefix = stack.prefix): Promise<string> {
  const { stdout } = await run('docker', ['exec', `${prefix}-${name}`, ...command], {
    maxBuffer: 256 * 1024 ** 2,
  })
  return stdout
}
