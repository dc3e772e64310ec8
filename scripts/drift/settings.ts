import type { ContainerInspectInfo } from 'dockerode'
import { unacceptedFindings } from '../security-check/stack.ts'
import type { Declared } from './declared.ts'
import { type Deviation, listed } from './deviation.ts'

/** How the container was made and what has become of that since: what "docker inspect" tells. */
export function settingDeviations(service: string, info: ContainerInspectInfo, declared: Declared): Deviation[] {
  const { file, hashes } = declared
  const wanted = file.services[service]
  if (!wanted) return []
  const deviation = (kind: Deviation['kind'], expected: string, found: string): Deviation[] =>
    expected === found ? [] : [{ kind, target: service, expected, found }]
  const { Health, Status } = info.State
  const hash = info.Config.Labels['com.docker.compose.config-hash']
  return [
    ...deviation('container', 'a container that is healthy', `a container that is ${Health?.Status ?? Status}`),
    ...(hashes.has(`${service} ${hash}`)
      ? []
      : deviation('declaration', 'a container of this declaration', 'one of another (npm start replaces it)')),
    ...unacceptedFindings(info).flatMap(({ what, where }) =>
      deviation('rights', what.replace(/^expected /, ''), where),
    ),
    ...deviation('rights', `user ${wanted.user}`, `user ${info.Config.User}`),
    ...deviation('rights', capabilities(wanted.cap_add), capabilities(info.HostConfig.CapAdd)),
    ...mountDeviations(service, info, declared),
    ...attachmentDeviations(service, info, declared),
  ]
}

const capabilities = (added: string[] | null | undefined) => `capabilities ${listed([...(added ?? [])].sort())}`

function mountDeviations(target: string, info: ContainerInspectInfo, { file }: Declared): Deviation[] {
  const { secrets = [], volumes = [], tmpfs = [] } = file.services[target] ?? {}
  const wanted = [
    ...secrets.map(({ source, target: at }) => `${at} (${file.secrets?.[source]?.file}, read-only)`),
    ...volumes.map(
      ({ source, target: at, read_only }) => `${at} (${file.volumes?.[source]?.name}${read_only ? ', read-only' : ''})`,
    ),
    ...tmpfs.map((each) => `${each.replace(':', ' (')})`),
  ]
  const found = [
    ...info.Mounts.map(
      ({ Type, Name, Source, Destination, RW }) =>
        `${Destination} (${Type === 'volume' ? Name : Source}${RW ? '' : ', read-only'})`,
    ),
    ...Object.entries((info.HostConfig.Tmpfs ?? {}) as Record<string, string>).map(([at, how]) => `${at} (${how})`),
  ]
  return differences('mount', target, 'mount', wanted, found)
}

function attachmentDeviations(target: string, info: ContainerInspectInfo, { file }: Declared): Deviation[] {
  const wanted = Object.entries(file.services[target]?.networks ?? {}).map(
    ([network, at]) => `${file.networks[network]?.name} ${at?.ipv4_address} ${at?.mac_address}`,
  )
  const found = Object.entries(info.NetworkSettings.Networks)
    .filter(([network]) => network !== 'host')
    .map(([network, { IPAddress, MacAddress }]) => `${network} ${IPAddress} ${MacAddress}`)
  return differences('network', target, 'network', wanted, found)
}

/** One deviation for each thing too many, and for each that is missing. */
function differences(kind: 'mount' | 'network', target: string, what: string, wanted: string[], found: string[]) {
  const missing = wanted.filter((each) => !found.includes(each))
  const strange = found.filter((each) => !wanted.includes(each))
  return [
    ...missing.map((each): Deviation => ({ kind, target, expected: `the ${what} ${each}`, found: 'none such' })),
    ...strange.map((each): Deviation => ({ kind, target, expected: `no other ${what} than declared`, found: each })),
  ]
}
