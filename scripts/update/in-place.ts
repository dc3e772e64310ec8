import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { illness, showLog } from './health.ts'
import { adopt, takeBack } from './images.ts'
import { type Shop, serviceOf } from './shop.ts'

/** Replaces what has no second copy. It is away for a moment, which is told; of network-policy the rules stay meanwhile. */
export async function replaceInPlace(shop: Shop, service: string, patience: number): Promise<void> {
  const declared = serviceOf(shop, service)
  const { container_name } = declared
  const since = Date.now()
  await adopt(declared)
  const why = await recreate(service, container_name, patience)
  if (why) {
    console.error(`${service}: the new one is ${why}; the end of its log:`)
    await showLog(container_name)
    await takeBack(declared)
    const still = await recreate(service, container_name, patience)
    throw new Failure(
      `expected the new ${service} to become healthy but it is ${why}; the old one is ${still ?? 'back'}`,
      still && `docker logs ${container_name}`,
    )
  }
  const away = (await secondsAway(container_name, since)).toFixed(1)
  console.log(`${service}: replaced; ${meanwhile[service] ?? ''}it was away for ${away} s`)
}

/** What a gap means where it means nothing bad. */
const meanwhile: Record<string, string> = { 'network-policy': 'its rules stood while ' }

/** @returns what the new one is, if it does not become healthy */
async function recreate(service: string, container: string, patience: number): Promise<string | undefined> {
  await docker('compose', 'up', '--detach', '--no-build', service)
  return illness(container, patience)
}

/** From when the old one was told to end until the new one was healthy, as Docker wrote it down; or as long as all of it took. */
async function secondsAway(container: string, since: number): Promise<number> {
  const now = Date.now()
  const words = ['--since', String(since / 1_000), '--until', String(now / 1_000), '--filter', 'type=container']
  const events = await docker('events', ...words, '--format', '{{.TimeNano}} {{.Action}} {{.Actor.Attributes.name}}')
  const times = (action: string) =>
    events
      .split('\n')
      .filter((line) => line.includes(` ${action}`) && line.endsWith(container))
      .map((line) => Number.parseInt(line, 10) / 1e6)
  const [ended, healthy] = [Math.min(...times('kill')), Math.max(...times('health_status: healthy'))]
  return ((Number.isFinite(healthy) ? healthy : now) - (Number.isFinite(ended) ? ended : since)) / 1_000
}
