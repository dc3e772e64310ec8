import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { containerName, docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { addressOn, type Inspected, inspectRunning } from './addresses.ts'
import { createPlainFolder } from './plain/folder.ts'

/** The services that a row's requests end at, and a network of each. */
const networks = { 'product-api': 'backend', 'order-api': 'backend', frontend: 'frontend' }
export type Handler = keyof typeof networks

/** Beside the service's own, in the same network namespace. */
const ports = { PORT: '8097', BUSINESS_PORT: '8098' }

/** Of a cold start on a busy machine. */
const patience = 30_000

/**
 * A running service once more, from the same image and with the same settings, secrets, network and limits, but that it does business in
 * plain HTTP with whoever asks, for wrk presents no certificate. It is a container of its own, so that two do not share the memory of
 * one; removed afterwards. Whom it calls, it calls as ever.
 */
export async function withDirect<Result>(
  role: Handler,
  use: (direct: { url: string; address: string }) => Promise<Result>,
): Promise<Result> {
  const service = await inspectRunning(containerName(role))
  const address = addressOn(service, networks[role])
  const name = `${containerName(role)}-direct`
  const folder = mkdtempSync(join(tmpdir(), 'secure-ecommerce-bench-'))
  const plain = join(folder, 'plain')
  const remove = () => docker('rm', '--force', name)

  await remove()
  try {
    createPlainFolder(plain)
    await docker('run', '--detach', '--name', name, ...sameAs(service), ...plainHttp(service, plain))
    await untilReady(`http://${address}:${ports.PORT}/ready`, name)
    return await use({ url: `http://${address}:${ports.BUSINESS_PORT}`, address })
  } finally {
    await remove()
    rmSync(folder, { recursive: true })
  }
}

function sameAs({ Name, Config, HostConfig }: Inspected): string[] {
  const { Memory, NanoCpus } = HostConfig
  const settings = Config.Env.filter((line) => !line.startsWith('PORT='))
  return [
    // With its audit anchors, without which it would change nothing; the secrets are read-only there too.
    ...['--network', `container:${Name.slice(1)}`, '--volumes-from', Name.slice(1)],
    ...['--memory', String(Memory), '--memory-swap', String(Memory), '--cpus', String(NanoCpus / 1e9)],
    ...['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    // As the shop's: what is logged for each request is part of what it costs.
    ...['--log-driver', 'json-file', '--log-opt', 'max-size=10m', '--log-opt', 'max-file=3'],
    ...settings.flatMap((line) => ['--env', line]),
  ]
}

function plainHttp({ Image }: Inspected, folder: string): string[] {
  const settings = Object.entries({ ...ports, STAND_INS: 'http-server' })
  return [
    ...['--volume', `${folder}:/app/services/kit/plain:ro`],
    ...settings.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    // The image has the label of the project that it was built for, which is another container's.
    ...['--label', 'com.docker.compose.project='],
    ...[Image, 'node', '--import', '/app/services/kit/plain/stand-ins.ts', 'src/main.ts'],
  ]
}

async function untilReady(url: string, name: string): Promise<void> {
  const answers = () =>
    fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const end = Date.now() + patience; !(await answers()); await sleep(200)) {
    const { State } = JSON.parse(await docker('inspect', name))[0] as Inspected
    if (State.Status === 'running' && Date.now() < end) continue
    const log = await docker('logs', '--tail', '5', name)
    throw new Failure(
      `expected ${name} to be ready within ${patience / 1e3} s but it is ${State.Status}: ${log.trim()}`,
    )
  }
}
