import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll } from 'vitest'
import { healthy, requireTestStack } from '../stack.ts'

const run = promisify(execFile)

/** Has the file's tests find nginx in this mode, and leaves it as the stack was started. */
export function useWafMode(mode: 'Off' | 'DetectionOnly' | 'On'): void {
  beforeAll(async () => {
    requireTestStack()
    await recreateNginx(mode)
  })
  afterAll(() => recreateNginx(process.env.WAF_MODE ?? 'Off'))
}

async function recreateNginx(mode: string): Promise<void> {
  const env = { ...process.env, WAF_MODE: mode }
  await run('docker', ['compose', 'up', '--detach', '--no-build', '--no-deps', 'nginx'], { env })
  await healthy('nginx')
}
