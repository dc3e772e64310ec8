import { writers } from '../audit/writers.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import type { Migration } from './facts.ts'
import { parseSums } from './fingerprints.ts'

/** Of each database, what its container brings a schema up to. */
export async function knownMigrations(): Promise<Record<string, Migration[]>> {
  const found = await Promise.all(
    writers.map(async ({ container, database }) => {
      const script = `cd /database/migrations/${database} && sha256sum *.sql`
      const sums = parseSums(await docker('exec', await runningContainer(container), 'bash', '-c', script))
      return [database, Object.entries(sums).map(([name, sha256]) => ({ name, sha256 }))] as const
    }),
  )
  return Object.fromEntries(found)
}
