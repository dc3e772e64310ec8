import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Failure } from './failure.ts'
import { setting } from './settings.ts'

const execute = promisify(execFile)

/** Runs docker and gives what it prints. Throws a Failure with the last line of its complaint. */
export async function docker(...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute('docker', args, { maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string }
    if (code === 'ENOENT') throw new Failure('expected Docker but did not find it', 'npm start')
    throw new Failure(`docker ${args[0]}: ${lastLine(stderr ?? String(error))}`)
  }
}

/** The name of a service's container: containers are named by role, not by Compose. */
export function containerName(role: string): string {
  return `${setting('ECOM_PREFIX', 'ecom')}-${role}`
}

/** Makes sure that the container runs, and gives its name. */
export async function runningContainer(role: string): Promise<string> {
  const name = containerName(role)
  const state = await docker('inspect', '--format', '{{.State.Status}}', name).catch((error: Failure) => {
    if (/no such object/i.test(error.message)) return 'none'
    throw error
  })
  if (state.trim() !== 'running') {
    const found = state.trim() === 'none' ? 'there is none' : `it is ${state.trim()}`
    throw new Failure(`expected the container ${name} to run but ${found}`, 'npm start')
  }
  return name
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
