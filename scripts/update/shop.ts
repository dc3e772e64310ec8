import { execFileSync } from 'node:child_process'
import { parse } from 'yaml'
import { type Communication, readCommunication } from '../policy/communication.ts'
import { Failure } from '../stack/failure.ts'
import { profiles } from '../stack/settings.ts'

export type ComposeService = {
  image: string
  container_name: string
  build?: object
  networks?: Record<string, object>
  ports?: { host_ip?: string; published: string; target: number }[]
  [key: string]: unknown
}

/** What is declared, with this stack's settings and the profiles that are on. */
export type Shop = {
  project: string
  services: Record<string, ComposeService>
  networks: Record<string, { name: string }>
  volumes: Record<string, { name: string }>
  secrets: object
  communication: Communication
  /** What is replaced beside the old one, callees before their callers. */
  beside: string[]
}

export function readShop(): Shop {
  const text = configOf()
  const { name, services, networks, volumes, secrets, 'x-replaced-beside': beside } = parse(text)
  const communication = readCommunication(text, profiles())
  for (const absent of communication.absent.keys()) delete services[absent]
  return { project: name, services, networks, volumes, secrets, beside, communication }
}

export function serviceOf({ services }: Shop, name: string): ComposeService {
  const service = services[name]
  if (!service) throw new Failure(`expected a service of the shop but found ${name}`)
  return service
}

function configOf(): string {
  try {
    return execFileSync('docker', ['compose', '--profile', '*', 'config'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    throw new Failure(`docker compose cannot read its settings: ${(error as { stderr?: string }).stderr?.trim()}`)
  }
}
