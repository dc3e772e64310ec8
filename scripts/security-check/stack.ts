import type { ContainerInspectInfo } from 'dockerode'
import { docker } from '../stack/docker.ts'
import { setting } from '../stack/settings.ts'
import { matches, readAcceptances } from './accepted.ts'
import { controls } from './controls.ts'
import type { Finding } from './finding.ts'

/** The images that the Compose file asks for, with the profiles that are on. */
export async function stackImages(): Promise<string[]> {
  const listed = (await docker('compose', 'config', '--images')).trim().split('\n')
  return [...new Set(listed)].sort()
}

/** What runs of the stack. Images carry the project's label too; only Compose's own containers have the second. */
export async function stackContainers(): Promise<ContainerInspectInfo[]> {
  const project = `label=com.docker.compose.project=${setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')}`
  const own = 'label=com.docker.compose.config-hash'
  const ids = (await docker('ps', '--quiet', '--filter', project, '--filter', own)).split('\n').filter(Boolean)
  return ids.length === 0 ? [] : JSON.parse(await docker('inspect', ...ids))
}

export function containerFindings(container: ContainerInspectInfo): Finding[] {
  const target = container.Config.Labels['com.docker.compose.service'] ?? container.Name.slice(1)
  return controls.flatMap(({ id, title, problems }) =>
    problems(container).map(
      (where): Finding => ({ kind: 'control', id, severity: 'HIGH', target, where, what: `expected ${title}` }),
    ),
  )
}

const acceptances = new URL('../../security/accepted.json', import.meta.url)

/** How the container fails the controls, but for what is accepted for it. */
export function unacceptedFindings(container: ContainerInspectInfo): Finding[] {
  const accepted = readAcceptances(acceptances)
  return containerFindings(container).filter((finding) => !accepted.some((acceptance) => matches(acceptance, finding)))
}
