import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { stack } from '../stack.ts'

const execute = promisify(execFile)

/** What "npm run drift" says of the stack, and how it ends. */
export async function drift(): Promise<{ code: number; lines: string[] }> {
  const { code, stdout, stderr } = await execute('node', ['scripts/drift.ts'], { encoding: 'utf8' }).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  if (stderr) throw new Error(stderr)
  return { code, lines: stdout.trim().split('\n') }
}

export const nothing = { code: 0, lines: ['nothing has drifted'] }

export async function run(program: string, ...args: string[]): Promise<string> {
  return (await execute(program, args, { encoding: 'utf8' })).stdout.trim()
}

/** Starts a script in a container, as whoever got in would, and leaves it running. `options` are those of "docker exec". */
export async function plant(name: string, script: string, ...options: string[]): Promise<void> {
  const noted = `echo $$ >>/tmp/planted; ${script}`
  await run('docker', 'exec', '--detach', ...options, `${stack.prefix}-${name}`, 'bash', '-c', noted)
}

/** Ends what was planted there. */
export async function uproot(name: string): Promise<void> {
  const script = '[ ! -e /tmp/planted ] || { kill $(cat /tmp/planted); rm -f /tmp/planted; }'
  await run('docker', 'exec', '--privileged', '--user', '0', `${stack.prefix}-${name}`, 'bash', '-c', script)
}
