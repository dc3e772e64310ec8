import { parse } from 'yaml'
import { type Communication, readCommunication } from '../policy/communication.ts'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { profiles } from '../stack/settings.ts'

type ComposeService = {
  container_name: string
  image: string
  user?: string
  cap_add?: string[]
  tmpfs?: string[]
  healthcheck?: { test?: string[] }
  secrets?: { source: string; target: string }[]
  volumes?: { type: string; source: string; target: string }[]
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
  /** By service: what Compose writes on a container that it makes of this declaration. */
  hashes: Map<string, string>
}

/** What the Compose file says with this stack's settings and the profiles that are on. */
export async function readDeclared(): Promise<Declared> {
  const [text, hashes] = await Promise.all([
    docker('compose', '--profile', '*', 'config'),
    docker('compose', 'config', '--hash', '*'),
  ])
  const file: ComposeFile = parse(text)
  const undeclared = Object.keys(file.services).filter((name) => !file['x-processes']?.[name])
  if (undeclared.length > 0) throw new Failure(`expected x-processes to say what runs in ${undeclared.join(', ')}`)
  const communication = readCommunication(text, profiles())
  for (const name of communication.absent.keys()) delete file.services[name]
  return { file, communication, hashes: new Map(hashes.trim().split('\n').map(readHash)) }
}

function readHash(line: string): [service: string, hash: string] {
  const [service = '', hash = ''] = line.split(' ')
  return [service, hash]
}
