import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const file = process.env.MATRIX_COMPOSE ?? join(root, 'docker-compose.yml')

/** Compose for the stack under test, whose names and addresses are in the environment. */
export async function compose(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', ['compose', '--file', file, '--project-directory', root, ...args])
  return stdout
}
