import { docker } from '../stack/docker.ts'
import type { Line } from './line.ts'

type Listed = { Service: string; State: string; Health: string; Status: string }

/** A line for each service that is declared, with the profiles that are on. */
export async function healthLines(): Promise<Line[]> {
  const [declared, listed] = await Promise.all([
    docker('compose', 'config', '--services'),
    docker('compose', 'ps', '--all', '--format', 'json'),
  ])
  const containers = new Map(
    listed
      .split('\n')
      .filter(Boolean)
      .map((line): Listed => JSON.parse(line))
      .map((each) => [each.Service, each]),
  )
  return declared
    .trim()
    .split('\n')
    .sort()
    .map((service) => {
      const { Health, Status = 'no container' } = containers.get(service) ?? {}
      return { text: `${service.padEnd(17)} ${Status}`, alarm: Health !== 'healthy' }
    })
}
