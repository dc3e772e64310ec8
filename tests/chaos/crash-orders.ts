import { execFile } from 'node:child_process'
import { chmod, copyFile, glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { container, exec } from '../stack.ts'
import { logOf } from './container-log.ts'
import { type CrashPoint, crashPointsIn } from './model/crash-points.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const services = ['order-api', 'payment-api', 'product-api']

/** Every step that the code names. */
export async function allCrashPoints(): Promise<CrashPoint[]> {
  const found = services.map(async (service) => {
    const sources: string[] = []
    for await (const file of glob(`services/${service}/src/*.ts`, { cwd: root })) {
      if (!file.endsWith('.test.ts')) sources.push(await readFile(join(root, file), 'utf8'))
    }
    return crashPointsIn(service, sources.join('\n'))
  })
  return (await Promise.all(found)).flat()
}

/** Makes the services anew with code that dies on request. @returns what makes them anew as they are shipped */
export async function mountCrashPoints(): Promise<() => Promise<void>> {
  // What is mounted is read by the container's user, whatever the checkout's modes are.
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'))
  await chmod(folder, 0o755)
  const file = join(folder, 'crash-point.ts')
  await copyFile(join(root, 'tests/chaos/crash-point.ts'), file)
  await chmod(file, 0o644)

  const compose = (...files: string[]) =>
    run(
      'docker',
      [
        'compose',
        ...['docker-compose.yml', ...files].flatMap((name) => ['--file', join(root, name)]),
        ...['up', '--detach', '--no-deps', '--no-build', '--wait', '--wait-timeout', '60', ...services],
      ],
      { cwd: root, env: { ...process.env, CRASH_POINT_FILE: file } },
    )
  await compose('tests/chaos/compose.yml')
  return async () => {
    await compose()
    await rm(folder, { recursive: true })
  }
}

/**
 * Has a service die at a step, the next time somebody comes by it, and again should it be killed before that.
 *
 * @returns whether it did, before it was called off
 */
export async function crashAt({ service, name }: CrashPoint, calledOff: AbortSignal): Promise<boolean> {
  while (!calledOff.aborted) {
    const since = Date.now()
    const life = await currentLife(service)
    const ordered = await exec(service, ['sh', '-c', `echo ${name} >/tmp/crash-at`]).catch(() => undefined)
    // Not while it is away; and an order given to one life is lost with it.
    if (life === undefined || ordered?.exitCode !== 0) {
      await sleep(200)
      continue
    }
    while (!calledOff.aborted && (await currentLife(service)) === life) await sleep(100)
    if (await crashed({ service, name }, since)) return true
  }
  await exec(service, ['rm', '-f', '/tmp/crash-at']).catch(() => undefined)
  return false
}

async function crashed({ service, name }: CrashPoint, since: number): Promise<boolean> {
  return (await logOf(service, since)).some(({ text }) => text.includes(`"crashed at ${name}"`))
}

async function currentLife(service: string): Promise<string | undefined> {
  const { State } = await container(service).inspect()
  return State.Running && !State.Restarting ? State.StartedAt : undefined
}
