import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { setting } from '../stack/settings.ts'

/** The containers of the project, running or not: a stopped one keeps its log. */
export async function projectContainers(): Promise<string[]> {
  const project = setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')
  const filter = `label=com.docker.compose.project=${project}`
  const names = (await docker('ps', '--all', '--filter', filter, '--format', '{{.Names}}')).trim().split('\n')
  if (names[0] === '') throw new Failure(`expected containers of the project ${project} but there are none`, 'npm start')
  return names
}

/** Gives `onLine` what the container wrote, line by line, without holding it. `since` is a time or duration as docker logs takes it. */
export async function readLog(container: string, since: string | undefined, onLine: (line: string) => void): Promise<void> {
  const options = since === undefined ? [] : ['--since', since]
  const child = spawn('docker', ['logs', ...options, container], { stdio: ['ignore', 'pipe', 'pipe'] })
  let lastComplaint = ''
  createInterface(child.stdout).on('line', onLine)
  // What the container wrote to its stderr arrives here too, and so does a complaint of docker itself.
  createInterface(child.stderr).on('line', (line) => {
    lastComplaint = line
    onLine(line)
  })
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Failure(`docker logs ${container}: ${lastComplaint}`)
}
