import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { containerName } from './docker.ts'

/** One metric in the words of Prometheus, with its values by their labels. */
export type Metric = { name: string; help: string; values: { labels?: Record<string, string>; value: number }[] }

/**
 * Hands metrics on to whoever watches the shop, in the place of those of that name. By way of a container that is there whenever the
 * shop is, so that no folder of this machine is mounted anywhere. Whether it worked changes nothing for the caller but a line.
 */
export async function handOnMetrics(name: string, metrics: Metric[]): Promise<void> {
  const command = ['exec', '--interactive', containerName('network-policy'), 'network-policy', 'metrics', name]
  const child = spawn('docker', command, { stdio: ['pipe', 'ignore', 'pipe'] })
  const complaint = text(child.stderr)
  child.stdin.on('error', () => {})
  child.stdin.end(metricsText(metrics))
  const [status] = await once(child, 'close').catch((error: Error) => [error.message])
  if (status !== 0) console.error(`metrics not handed on: ${(await complaint).trim() || status}`)
}

export function metricsText(metrics: Metric[]): string {
  return metrics
    .flatMap(({ name, help, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...values.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return pairs.length > 0 ? `{${pairs.join()}}` : ''
}
