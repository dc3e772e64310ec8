import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { ContainerInspectInfo } from 'dockerode'
import type { Writer } from '../audit/writers.ts'
import { containerName, docker, runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import type { Base } from './repository.ts'
import { tellProgress } from './tell-progress.ts'

/** A database as it was at a moment, to be read, in a container that is gone when this is disposed of, or this process ends. */
export type Recovered = AsyncDisposable & { writer: Writer; container: string }

export const recoveryContainer = (writer: Writer) => `${containerName(writer.container)}-recovery`

/**
 * Nothing of the shop is touched: the base backup and what was written since are replayed beside it, up to the moment.
 *
 * @throws Failure where the archive does not lead there, with what PostgreSQL or pgBackRest says of it
 */
export async function recover(writer: Writer, { label }: Base, moment: Date): Promise<Recovered> {
  const container = recoveryContainer(writer)
  await docker('rm', '--force', '--volumes', container)
  const database = await inspect(writer)
  const options = ['--rm', '--interactive', '--name', container, '--network', 'none', '--log-driver', 'none']
  const command = [database.Image, '-g', '--', 'recover', label, asPostgres(moment)]
  const args = [...options, ...limitsOf(database), ...mountsOf(writer, database), '--entrypoint', 'tini', ...command]
  const child = spawn('docker', ['run', ...args], { stdio: 'pipe' })
  const closed = once(child, 'close')
  const recovered: Recovered = {
    ...{ writer, container },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await closed
    },
  }
  child.stdin.on('error', () => {})

  const complaints: string[] = []
  const progress = tellProgress(writer.database)
  const ready = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      progress(line)
      if (/LOG: {2}database system is ready to accept connections$/.test(line)) ready.resolve()
      if (/^docker: |(FATAL|ERROR): /.test(line)) complaints.push(line.replace(/^.*?(FATAL|ERROR): +/, ''))
    })
  }
  const ended = closed.then(() => 'ended' as const)
  if ((await Promise.race([ready.promise, ended])) === 'ended') {
    throw new Failure(
      `${writer.database} could not be brought back to ${moment.toISOString()}: ${complaints.join('; ') || 'its container ended'}`,
      'nothing was changed; take another moment',
    )
  }
  try {
    await answering(container)
    return recovered
  } catch (error) {
    await recovered[Symbol.asyncDispose]()
    throw error
  }
}

/** That early in its start PostgreSQL knows no name of a zone, not even Z. */
const asPostgres = (moment: Date) => moment.toISOString().replace('Z', '+00')

async function inspect(writer: Writer): Promise<ContainerInspectInfo> {
  const [info] = JSON.parse(await docker('inspect', await runningContainer(writer.container))) as ContainerInspectInfo[]
  return info as ContainerInspectInfo
}

/** Those of the database itself. */
function limitsOf({ Config, HostConfig }: ContainerInspectInfo): string[] {
  const { Memory, MemorySwap, NanoCpus = 0, PidsLimit, ShmSize, CapDrop, SecurityOpt, Tmpfs } = HostConfig
  return [
    ...['--read-only', '--user', Config.User, '--cpus', String(NanoCpus / 1e9), '--pids-limit', String(PidsLimit)],
    ...['--memory', `${Memory}b`, '--memory-swap', `${MemorySwap}b`, '--shm-size', `${ShmSize}b`],
    ...(CapDrop ?? []).flatMap((each: string) => ['--cap-drop', each]),
    ...(SecurityOpt ?? []).flatMap((each: string) => ['--security-opt', each]),
    ...Object.entries((Tmpfs ?? {}) as Record<string, string>).flatMap(([at, how]) => ['--tmpfs', `${at}:${how}`]),
  ]
}

/** The archive, which it only reads, and the key; what it makes is on a volume that goes with it. */
function mountsOf({ archiveKey }: Writer, { Mounts }: ContainerInspectInfo): string[] {
  const key = `/run/secrets/${archiveKey}`
  const shared = ['/var/lib/pgbackrest', key].flatMap((target) => {
    const { Name, Source } = Mounts.find(({ Destination }) => Destination === target) ?? {}
    return ['--volume', `${Name || Source}:${target}:ro`]
  })
  return [
    ...shared,
    '--volume',
    '/var/lib/postgresql',
    '--env',
    `ARCHIVE_KEY_FILE=${key}`,
    '--env',
    'POINT_IN_TIME_DAYS=1',
  ]
}

async function answering(container: string): Promise<void> {
  const wait = 'for _ in {1..50}; do ! pg_isready --quiet || exit 0; sleep 0.1; done; exit 1'
  await docker('exec', container, 'bash', '-c', wait)
}
