import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { writers } from '../audit/writers.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'
import { isContract, planOf } from './migration-plan.ts'

const folder = 'database/migrations'

/** As often a migration may find a table in use, for two seconds each, before it is given up; meanwhile the shop waits for neither. */
const tries = 5

/** Applies to the service's database what its new version adds. Its old version goes on working with it. @returns what was applied */
export async function expand(service: string): Promise<string[]> {
  return apply(service, (name) => !isContract(name))
}

/** Takes away what only its old version needed, of which there is none left. */
export async function contract(service: string): Promise<string[]> {
  return apply(service, isContract)
}

async function apply(service: string, due: (name: string) => boolean): Promise<string[]> {
  const writer = writers.find(({ writer }) => writer === service)
  if (!writer) return []
  const container = await runningContainer(writer.container)
  const applied = await psql(container, writer.database, ['SELECT name FROM migrations;'])
  const files = readdirSync(`${folder}/${writer.database}`).sort()
  const pending = planOf(files, applied, (name) => readFileSync(`${folder}/${writer.database}/${name}`, 'utf8'))
  const chosen = pending.filter(due)
  if (chosen.length === 0) return []
  await bring(container, writer.database, [...files.filter((name) => applied.includes(name)), ...chosen])
  await migrate(container)
  await docker('exec', container, 'rm', '-rf', '/tmp/migrations')
  return chosen
}

async function migrate(container: string): Promise<void> {
  const words = ['exec', '--env', 'MIGRATIONS=/tmp/migrations', '--env', 'LOCK_TIMEOUT=2s', container, 'migrate']
  for (let left = tries; ; left--) {
    const complaint = await promisify(execFile)('docker', words).then(
      () => undefined,
      ({ stderr }: { stderr: string }) => stderr.trim(),
    )
    if (complaint === undefined) return
    if (left > 1 && complaint.includes('lock timeout')) continue
    throw new Failure(`${complaint.split('\n').at(-1)}; nothing was replaced`, `docker logs ${container}`)
  }
}

/** Puts these files where the database's own container can read them. */
async function bring(container: string, database: string, names: string[]): Promise<void> {
  const pack = spawn('tar', ['-C', folder, '-c', ...names.map((name) => `${database}/${name}`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const script = 'rm -rf /tmp/migrations && mkdir /tmp/migrations && tar -x -C /tmp/migrations'
  const unpack = spawn('docker', ['exec', '--interactive', container, 'bash', '-c', script], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(unpack, 'close')
  await pipeline(pack.stdout, unpack.stdin)
  const [status] = await ended
  if (status !== 0) throw new Failure(`expected ${container} to take the migrations but it ended with status ${status}`)
}
