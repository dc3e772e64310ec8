import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type DatabaseName, selectFrom } from '../chaos/psql.ts'

const run = promisify(execFile)
const databases = { 'product-db': 'products', 'order-db': 'orders', 'payment-db': 'payments' } as const

type Contents = Record<string, unknown>

/**
 * Everything that two equal databases have in common, for all three: of each table the number of rows and two sums over a hash of every row,
 * the sequences, the schema with its owners, grants and policies, and the rights on the database itself.
 *
 * Without wrong passwords, which are forgotten after a quarter of an hour, in what was restored too.
 *
 * @param suffix of the databases' names
 */
export async function everyRow(prefix: string, suffix = ''): Promise<Contents> {
  const all = Object.entries(databases) as [DatabaseName, string][]
  const found = await Promise.all(
    all.map(async ([container, database]) => [
      database,
      await contentsOf(prefix, container, database + suffix, suffix),
    ]),
  )
  return Object.fromEntries(found)
}

async function contentsOf(prefix: string, container: DatabaseName, name: string, suffix: string): Promise<Contents> {
  const select = selectFrom(prefix, suffix)
  const tables = await select<{ name: string }>(
    container,
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> 'login_failures'`,
  )
  const sums = tables.map(
    ({ name }) => `select '${name}' as name, count(*), sum(hashtextextended(t::text, 0)::numeric)::text as sum,
                     sum(hashtextextended(t::text, 1)::numeric)::text as other from ${name} t`,
  )
  return {
    rows: await select(container, `${sums.join(' union all ')} order by name`),
    sequences: await select(container, 'select sequencename, last_value from pg_sequences order by sequencename'),
    rights: await select(
      container,
      `select pg_get_userbyid(datdba) as owner, datacl::text, setconfig
       from pg_database left join pg_db_role_setting on setdatabase = oid where datname = current_database()`,
    ),
    schema: await schemaOf(`${prefix}-${container}`, name),
  }
}

/**
 * Without what pg_dump makes up anew each time, and without brackets: PostgreSQL prints a longer chain of conditions with more of them until
 * it was restored once.
 */
async function schemaOf(container: string, database: string): Promise<string> {
  const command = ['pg_dump', '--username', 'postgres', '--schema-only', '--dbname', database]
  const { stdout } = await run('docker', ['exec', container, ...command], { maxBuffer: 2 ** 26 })
  return stdout.replace(/^\\(un)?restrict .*$/gm, '').replace(/[()]/g, '')
}
