import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode'
import { docker } from '../stack/docker.ts'
import { secondCopyOf } from '../update/second-copy.ts'
import type { Declared } from './declared.ts'
import type { Deviation } from './deviation.ts'

type Listed = { id: string; name: string; project: string; service: string; madeByCompose: boolean }

const format = ['{{.ID}}', '{{.Names}}', ...['project', 'service', 'config-hash'].map(labelOf)].join('\t')

/** What runs on this machine. */
export async function listContainers(): Promise<Listed[]> {
  const text = await docker('ps', '--no-trunc', '--format', format)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', name = '', project = '', service = '', hash = ''] = line.split('\t')
      return { id, name, project, service, madeByCompose: hash !== '' }
    })
}

/** By service, what Compose made for it and named as declared. */
export async function ownContainers(listed: Listed[], { file }: Declared): Promise<Map<string, ContainerInspectInfo>> {
  const own = listed.filter(
    ({ name, project, service, madeByCompose }) =>
      project === file.name && madeByCompose && file.services[service]?.container_name === name,
  )
  const inspected: ContainerInspectInfo[] =
    own.length === 0 ? [] : JSON.parse(await docker('inspect', ...own.map(({ id }) => id)))
  return new Map(inspected.map((info) => [info.Config.Labels['com.docker.compose.service'] ?? '', info]))
}

/** Who is in the project or on its networks, and no service of it. */
export function strangers(
  listed: Listed[],
  own: Map<string, ContainerInspectInfo>,
  networks: NetworkInspectInfo[],
  { file, replaced }: Declared,
): Deviation[] {
  const copies = replaced.map((service) => secondCopyOf(file.services[service]?.container_name ?? ''))
  const copyIds = listed
    .filter(({ name, project }) => project === file.name && copies.includes(name))
    .map(({ id }) => id)
  const known = new Set([...[...own.values()].map(({ Id }) => Id), ...copyIds])
  const labelled = listed
    .filter(({ id, project }) => project === file.name && !known.has(id))
    .map(({ name }) => ({ name, where: 'in the project' }))
  const attached = networks.flatMap(({ Name, Containers }) =>
    Object.entries(Containers ?? {})
      .filter(([id]) => !known.has(id))
      .map(([, { Name: name }]) => ({ name, where: `on ${Name}` })),
  )
  return [...labelled, ...attached].map(({ name, where }) => ({
    kind: 'container',
    target: name,
    expected: 'no container but the declared ones',
    found: `this one ${where}`,
  }))
}

function labelOf(name: string): string {
  return `{{.Label "com.docker.compose.${name}"}}`
}
