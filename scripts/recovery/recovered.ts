import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writer } from '../audit/writers.ts'
import { containerName, docker, runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import type { Base } from './repository.ts'

/** A database as it was at a moment, to be read, in a container that is gone when this is disposed of, or this process ends. */
export type Recovered = AsyncDisposable & { writer: Writer; container: string }

export const recoveryContainer = (writer: Writer) => `${containerName(writer.container)}-recovery`

/** In memory, beside the data that it writes. As tight as the database's own, and without any network. */
const limits = [
  ...['--network', 'none', '--read-only', '--user', '999:999', '--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges', '--pids-limit', '64', '--shm-size', '16m'],
  ...['--memory', '192m', '--memory-swap', '192m', '--cpus', '1'],
  ...['--tmpfs', '/tmp:size=16m,mode=1777,noexec,nosuid,nodev'],
  ...['--tmpfs', '/run/postgresql:size=1m,mode=0700,uid=999,gid=999,noexec,nosuid,nodev'],
]

/**
 * Nothing of the shop is touched: the base backup and what was written since are replayed beside it, up to the moment.
 *
 * @throws Failure where the archive does not lead there, with what PostgreSQL or pgBackRest says of it
 */
export async function recover(writer: Writer, { label }: Base, moment: Date): Promise<Recovered> {
  const container = recoveryContainer(writer)
  await docker('rm', '--force', '--volumes', container)
  const args = [...limits, ...(await mountsOf(writer)), '--name', container]
  const [image = ''] = await inspect(writer, '{{.Image}}')
  const command = ['--entrypoint', 'tini', image, '-g', '--', 'recover', label, asPostgres(moment)]
  const child = spawn('docker', ['run', '--rm', '--interactive', ...args, ...command], { stdio: 'pipe' })
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
  const stopped = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      // Stopped at the moment, and open for readers: the order is not always the same.
      if (/(pausing at the end of recovery|database system is ready to accept connections)$/.test(line))
        stopped.resolve()
      if (/^docker: |(FATAL|ERROR): /.test(line)) complaints.push(line.replace(/^.*?(FATAL|ERROR): +/, ''))
    })
  }
  const ended = closed.then(() => 'ended' as const)
  if ((await Promise.race([stopped.promise, ended])) === 'ended') {
    throw new Failure(
      `${writer.database} could not be brought back to ${moment.toISOString()}: ${complaints.join('; ') || 'see above'}`,
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

/** The archive, which it only reads, and the key; what it makes is on a volume that goes with it. */
async function mountsOf(writer: Writer): Promise<string[]> {
  const mounts = await inspect(writer, '{{range .Mounts}}{{.Destination}} {{or .Name .Source}}{{"\\n"}}{{end}}')
  const sources = new Map(mounts.map((line) => line.split(' ') as [string, string]))
  const key = `/run/secrets/${writer.archiveKey}`
  return [
    ...['--volume', `${sources.get('/var/lib/pgbackrest')}:/var/lib/pgbackrest:ro`],
    ...['--volume', `${sources.get(key)}:${key}:ro`, '--volume', '/var/lib/postgresql'],
    ...['--env', `ARCHIVE_KEY_FILE=${key}`, '--env', 'POINT_IN_TIME_DAYS=1'],
  ]
}

async function inspect(writer: Writer, format: string): Promise<string[]> {
  const text = await docker('inspect', '--format', format, await runningContainer(writer.container))
  return text.split('\n').filter(Boolean)
}

async function answering(container: string): Promise<void> {
  const wait = 'for _ in {1..50}; do ! pg_isready --quiet || exit 0; sleep 0.1; done; exit 1'
  await docker('exec', container, 'bash', '-c', wait)
}
