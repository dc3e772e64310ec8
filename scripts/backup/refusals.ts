import { writers } from '../audit/writers.ts'
import { Failure } from '../stack/failure.ts'
import type { Facts, Migration } from './facts.ts'
import type { Fingerprints } from './fingerprints.ts'
import type { Manifest } from './manifest.ts'

/** Without the keys of its trails nothing that they say could be checked any more. Any other secret may be a new one by now. */
export function refuseForeign({ secrets }: Pick<Manifest, 'secrets'>, own: Fingerprints): void {
  const others = writers.flatMap(({ key }) => (secrets[key] === own[key] ? [] : [key]))
  if (others.length === 0) return
  throw new Failure(
    `the backup is of another shop: its ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not this one's`,
    'put the secrets that it was made with in their place, then npm start',
  )
}

type Migrated = { databases: Record<string, Pick<Facts, 'migrations'>> }

/** @param known the migrations that the running databases' image has */
export function refuseNewer({ databases }: Migrated, known: Record<string, Migration[]>): void {
  for (const [database, { migrations }] of Object.entries(databases)) {
    const sums = new Map(known[database]?.map(({ name, sha256 }) => [name, sha256]))
    const unknown = migrations.find(({ name }) => !sums.has(name))
    if (unknown) {
      throw new Failure(
        `the backup is newer than this shop: its ${database} has ${unknown.name}`,
        'restore it with a checkout that has this migration',
      )
    }
    const changed = migrations.find(({ name, sha256 }) => sums.get(name) !== sha256)
    if (changed) throw new Failure(`the backup's ${database} had another ${changed.name}; migrations are append-only`)
  }
}
