import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../stack/docker.ts'

/** As often may Docker start it again before it counts as one that will not become healthy. */
const restarts = 3

/** Waits until the container is healthy. @returns what it is instead, if it does not become that */
export async function illness(container: string, patience: number): Promise<string | undefined> {
  const deadline = Date.now() + patience * 1_000
  for (;;) {
    const format = '{{.State.Status}} {{.State.Health.Status}} {{.RestartCount}}'
    const [status, health, restarted] = await docker('inspect', '--format', format, container).then(
      (text) => text.trim().split(' '),
      () => ['absent'],
    )
    if (health === 'healthy') return undefined
    if (status === 'exited' || status === 'absent') return status
    if (Number(restarted) >= restarts) return `restarted ${restarted} times`
    if (Date.now() > deadline) return `${health} after ${patience} s`
    await sleep(300)
  }
}

/** The end of its log, for people. */
export async function showLog(container: string): Promise<void> {
  const log = await docker('logs', '--tail', '8', container).catch(() => '')
  for (const line of log.trim().split('\n').filter(Boolean)) console.error(`  | ${line.slice(0, 400)}`)
}
