import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { containerName } from '../stack/docker.ts'
import { inspectRunning } from './addresses.ts'
import { say } from './session.ts'

const execute = promisify(execFile)

/** wrk is one client that asks for all there is. */
export const noLimits = {
  ...{ LIMIT_CONNECTIONS: '10000', LIMIT_REQUESTS: '1000000', LIMIT_BURST: '1000000', LIMIT_BANDWIDTH: '1000000' },
  ...{ LIMIT_ANONYMOUS_WRITES: '100000000', LIMIT_STOREFRONT_WRITES: '100000000' },
}

/** The running shop without its limits for clients: nginx and gateway are made anew before, and again afterwards. */
export async function withoutLimits(use: () => Promise<void>): Promise<void> {
  const { Config } = await inspectRunning(containerName('nginx'))
  if (Config.Env.includes(`LIMIT_REQUESTS=${noLimits.LIMIT_REQUESTS}`)) return use()
  say('lifting the limits of nginx and gateway')
  await recreate({ ...process.env, ...noLimits })
  try {
    await use()
  } finally {
    await recreate(process.env)
  }
}

async function recreate(env: NodeJS.ProcessEnv): Promise<void> {
  const options = ['--detach', '--no-build', '--no-deps', '--wait']
  await execute('docker', ['compose', '--progress', 'quiet', 'up', ...options, 'api-gateway', 'nginx'], { env })
}
