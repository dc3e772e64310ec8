import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { container } from '../stack.ts'

/** What a service listens with that takes connections and answers nobody. */
export const neverReady = `CMD ["node", "-e", "require('net').createServer((socket) => socket.destroy()).listen(8443)"]`

/** Gives "scripts/update.sh --no-build" a new image: what the container's image tag names, with these lines of a Dockerfile behind. */
export async function offer(name: string, ...lines: string[]): Promise<string> {
  const { Config } = await container(name).inspect()
  const image = `${Config.Image}-next`
  const file = [`FROM ${Config.Image}`, `LABEL offered="${Date.now()}"`, ...lines, ''].join('\n')
  const build = promisify(execFile)('docker', ['build', '--quiet', '--tag', image, '-'])
  build.child.stdin?.end(file)
  return (await build).stdout.trim()
}
