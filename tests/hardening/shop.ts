import { readFileSync } from 'node:fs'
import type { ContainerInspectInfo } from 'dockerode'
import { parse } from 'yaml'
import { unacceptedFindings } from '../../scripts/security-check/stack.ts'
import { profiles } from '../../scripts/stack/settings.ts'
import { docker, exec, ownContainers, stack } from '../stack.ts'

type Service = { profiles?: string[]; secrets?: string[]; networks?: Record<string, object>; volumes?: string[] }
type ComposeFile = { services: Record<string, Service> }

const file: ComposeFile = parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'), {
  merge: true,
})
const isOn = (service: Service) => service.profiles?.some((name) => profiles().includes(name)) ?? true

/** What is declared, with the profiles that are on. A service of it without a container is a failure, never one case less. */
export const declared: ComposeFile = {
  ...file,
  services: Object.fromEntries(Object.entries(file.services).filter(([, service]) => isOn(service))),
}

export type Running = { service: string; name: string; info: ContainerInspectInfo }

/** Every container of the stack, with what Docker says about it. */
export async function containers(): Promise<Running[]> {
  const listed = await docker.listContainers({ all: true, filters: ownContainers })
  return Promise.all(
    listed.map(async ({ Id, Names, Labels }) => ({
      service: Labels['com.docker.compose.service'] ?? '',
      name: (Names[0] ?? '').slice(stack.prefix.length + 2),
      info: await docker.getContainer(Id).inspect(),
    })),
  )
}

/** How the container fails the controls that scripts/security-check.sh looks at too, but for what is accepted for it. */
export function failedControls({ info }: Running): string[] {
  return unacceptedFindings(info).map(({ id, where }) => `${id}: ${where}`)
}

/** The one declared exception: it loads the packet filter into the host's network, which takes root and CAP_NET_ADMIN (bit 12). */
export const isPolicy = ({ service }: Running): boolean => service === 'network-policy'

/** What the image of the monitoring is made for. */
export const isMonitoring = ({ info }: Running): boolean => info.Config.Image.startsWith('secure-ecommerce/monitoring:')

export const isDatabase = ({ service }: Running): boolean => service.endsWith('-db')

/** What a command in the container prints. Anything but exit code 0 is an error: a probe that did not run proves nothing. */
export async function output(name: string, ...command: string[]): Promise<string> {
  const { exitCode, output } = await exec(name, command)
  if (exitCode !== 0) throw new Error(`${name}: ${command.join(' ')} ended with ${exitCode}: ${output}`)
  return output.trim()
}

/** A script in the container's shell that is expected to fail: its exit code and what it prints. */
export async function attempt(name: string, script: string): Promise<{ exitCode: number; output: string }> {
  return exec(name, ['sh', '-c', `${script} 2>&1`])
}
