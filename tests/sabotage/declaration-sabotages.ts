import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sabotage } from './sabotage.ts'

/** The README or the Compose file says something else than what is enforced. The suite reads an edited copy. */
type Edit = { why: string; file: 'README' | 'compose'; replace: [RegExp, string]; finds: RegExp }

const edits: Edit[] = [
  {
    why: 'the README allows one pair more',
    file: 'README',
    replace: [/^(\| product-api \|(?:[^|]*\|){7}) ❌/m, '$1 ✅'],
    finds: /product-api → order-db: README 5432 · x-communication denied/,
  },
  {
    why: 'the README allows one pair less',
    file: 'README',
    replace: [/^(\| frontend \|(?:[^|]*\|){2}) ✅/m, '$1 ❌'],
    finds: /frontend → api-gateway: README denied · x-communication 8080/,
  },
  {
    why: 'the README names another port',
    file: 'README',
    replace: [/^(\| frontend \|(?:[^|]*\|){2}) ✅/m, '$1 ✅ 8081'],
    finds: /frontend → api-gateway: README 8081 · x-communication 8080/,
  },
  {
    why: 'the README says neither yes nor no',
    file: 'README',
    replace: [/^(\| nginx \|(?:[^|]*\|){3}) ❌/m, '$1 perhaps'],
    finds: /nginx → product-api: expected ✅, ❌ or – in the README, but found "perhaps"/,
  },
  {
    why: 'the README leaves out a service',
    file: 'README',
    replace: [/^\| payment-api \| ❌.*\n/m, ''],
    finds: /service with a row in the README payment-api: runs, but is not declared/,
  },
  {
    why: 'the README has no matrix',
    file: 'README',
    replace: [/^\| from .*$/m, ''],
    finds: /expected a table whose first column is "from/,
  },
  {
    why: 'the Compose file declares one edge more',
    file: 'compose',
    replace: [/^( *- \{ from: product-api, to: )product-db(.*)$/m, '$&\n$1order-db$2'],
    finds: /product-api → order-db: README denied · x-communication 5432/,
  },
  {
    why: 'the Compose file declares one edge less',
    file: 'compose',
    replace: [/^ *- \{ from: order-api, to: payment-api.*\n/m, ''],
    finds: /order-api → payment-api: README 8003, 8443 · x-communication denied/,
  },
  {
    why: 'the Compose file declares another port',
    file: 'compose',
    replace: [/(from: api-gateway, to: order-api, ports: \[8443, )8002/, '$18003'],
    finds: /api-gateway → order-api: README 8002, 8443 · x-communication 8003, 8443/,
  },
  {
    why: 'the Compose file declares an edge without a network',
    file: 'compose',
    replace: [/(from: payment-api, to: )payment-db/, '$1product-db'],
    finds: /payment-api → product-db: expected a network that both are on/,
  },
  {
    why: 'the Compose file says that a network is not internal',
    file: 'compose',
    replace: [/^( {2}payment:\n)( {4}internal: )true/m, '$1$2false'],
    finds: /network payment: expected internal to be false, but found true/,
  },
  {
    why: 'the Compose file gives another address',
    file: 'compose',
    replace: [/(NET_PAYMENT:-[\d.]+\})\.25/, '$1.26'],
    finds: /address \.26 of payment-db on payment: expected it to run, but found none/,
  },
]

const { env } = process
const paths = {
  README: env.MATRIX_README ?? repository('README.md'),
  compose: env.MATRIX_COMPOSE ?? repository('docker-compose.yml'),
}
const variable = { README: 'MATRIX_README', compose: 'MATRIX_COMPOSE' }

function repository(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url))
}

async function edited({ file, replace: [what, by] }: Edit): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(paths[file], 'utf8')
  const changed = text.replace(what, by)
  if (changed === text) throw new Error(`expected ${what} in ${paths[file]}, but found nothing to replace`)
  const copy = join(await mkdtemp(join(tmpdir(), 'sabotage-')), file)
  await writeFile(copy, changed)
  return { [variable[file]]: copy }
}

export const declarationSabotages: Sabotage[] = edits.map((edit) => ({
  why: edit.why,
  suite: 'isolation',
  finds: edit.finds,
  files: () => edited(edit),
}))
