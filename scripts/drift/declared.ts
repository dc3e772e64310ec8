import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { type Communication, readCommunication } from '../policy/communication.ts'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { profiles } from '../stack/settings.ts'
import { knownCopies } from '../update/policy.ts'

type ComposeService = {
  container_name: string
  image: string
  user?: string
  cap_add?: string[]
  tmpfs?: string[]
  healthcheck?: { test?: string[] }
  secrets?: { source: string; target: string }[]
  volumes?: { type: string; source: string; target: string; read_only?: boolean }[]
  depends_on?: object
  networks?: Record<string, { ipv4_address?: string; mac_address?: string } | null>
}

type ComposeNetwork = { name: string; internal?: boolean; driver_opts?: Record<string, string> }

type ComposeFile = {
  name: string
  services: Record<string, ComposeService>
  networks: Record<string, ComposeNetwork>
  secrets?: Record<string, { file: string }>
  volumes?: Record<string, { name: string }>
  'x-processes'?: Record<string, string[]>
}

export type Declared = {
  file: ComposeFile
  communication: Communication
  /** Which services an update is replacing: their second copies are theirs meanwhile, and they may be away. */
  replaced: string[]
  /** What Compose writes on a container that it makes of this declaration, as `service hash`. */
  hashes: Set<string>
}

/** What the Compose file says with this stack's settings and the profiles that are on. */
export async function readDeclared(): Promise<Declared> {
  const text = await docker('compose', '--profile', '*', 'config')
  const file: ComposeFile = parse(text)
  const undeclared = Object.keys(file.services).filter((name) => !file['x-processes']?.[name])
  if (undeclared.length > 0) throw new Failure(`expected x-processes to say what runs in ${undeclared.join(', ')}`)
  // A container that was made by itself, with --no-deps, depends on nothing.
  const alone = Object.entries(file.services).map(([name, { depends_on: _, ...service }]) => [name, service])
  const hashes = await Promise.all([file, { ...file, services: Object.fromEntries(alone) }].map(hashesOf))

  const replaced = await knownCopies().catch(() => [])
  const communication = withCopies(readCommunication(text, profiles()), replaced)
  for (const name of communication.absent.keys()) delete file.services[name]
  return { file, communication, replaced, hashes: new Set(hashes.flat()) }
}

function withCopies(communication: Communication, replaced: string[]): Communication {
  const services = communication.services.map((service) =>
    replaced.includes(service.name) ? { ...service, interfaces: [...service.interfaces, ...service.next] } : service,
  )
  return { ...communication, services }
}

async function hashesOf(file: ComposeFile): Promise<string[]> {
  const args = ['compose', '--file', '-', '--profile', '*', 'config', '--hash', '*']
  const answer = promisify(execFile)('docker', args, { encoding: 'utf8' })
  answer.child.stdin?.end(JSON.stringify(file))
  return (await answer).stdout.trim().split('\n')
}
