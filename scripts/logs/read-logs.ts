import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { containerName, docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { setting } from '../stack/settings.ts'

/** The shop's containers, running or not: a stopped one keeps its log. What merely bears the project's label, as a one-off does, is none. */
export async function projectContainers(): Promise<string[]> {
  const project = setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')
  const filter = `label=com.docker.compose.project=${project}`
  const names = (await docker('ps', '--all', '--filter', filter, '--format', '{{.Names}}')).split('\n')
  const ours = names.filter((name) => name.startsWith(containerName(''))).toSorted()
  if (ours.length === 0)
    throw new Failure(`expected containers of the project ${project} but there are none`, 'npm start')
  return ours
}

/** Gives `onLine` what the container wrote, line by line, without holding it. `since` is a time or duration as docker logs takes it. */
export async function readLog(
  container: string,
  since: string | undefined,
  onLine: (line: string) => void,
): Promise<void> {
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
