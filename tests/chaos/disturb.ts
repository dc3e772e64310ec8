import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { container, eventually, healthy } from '../stack.ts'
import { returnsOf } from './container-log.ts'
import type { Disturbance } from './model/plan.ts'

/** Kills or pauses a container for its time. One that is being restarted at this moment is waited for. */
export async function disturb({ kind, target, for: time }: Disturbance): Promise<void> {
  const disturbed = container(target)
  await eventually(15, () => (kind === 'kill' ? disturbed.kill().then(() => true) : signalAll(target, 'SIGSTOP')))
  await sleep(time)
  if (kind === 'kill') await ensureStarted(target)
  // It may have been killed meanwhile, and runs again.
  else await signalAll(target, 'SIGCONT').catch(() => {})
}

/**
 * Stops or continues what a container runs, from the host. Not by pausing the container, nor by a command in it: whatever else starts
 * there at that moment, such as a health check, would be stopped on its way, and the daemon would wait for it for ever.
 */
async function signalAll(name: string, signal: 'SIGSTOP' | 'SIGCONT'): Promise<boolean> {
  const { State } = await container(name).inspect()
  const processes = State.Running ? childrenOf(State.Pid) : []
  for (const pid of processes) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      // It has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return processes.length > 0
}

/** All that descends from a container's init, itself left out. */
function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    return children.flatMap((child) => [child, ...childrenOf(child)])
  } catch {
    return []
  }
}

/** Kills a process for as long as asked. @returns when it answered again; of nginx, which does not say so, when it started */
export async function killFor(target: string, milliseconds: number): Promise<number> {
  const killed = Date.now()
  await disturb({ at: 0, kind: 'kill', target, for: milliseconds })
  await healthy(target, 60)
  const { State } = await container(target).inspect()
  return Math.max(Date.parse(State.StartedAt), ...(await returnsOf(target, killed)))
}

/** Starts a container that is not running; Docker restarts one that crashed, five times. */
async function ensureStarted(name: string): Promise<void> {
  await container(name)
    .start()
    .catch((error: { statusCode?: number }) => {
      const runsAlready = error.statusCode === 304
      if (!runsAlready) throw error
    })
}

/** Starts what Docker has given up, until told to stop. Nothing else is touched: who was killed returns when his time is over. */
export function keepAlive(names: string[]): { stop(): Promise<void> } {
  let stopping = false
  async function keep(): Promise<void> {
    while (!stopping) {
      for (const name of names) {
        const { State, HostConfig, RestartCount } = await container(name).inspect()
        const givenUp = State.Status === 'exited' && RestartCount >= (HostConfig.RestartPolicy?.MaximumRetryCount ?? 0)
        if (givenUp) await ensureStarted(name)
      }
      await sleep(500)
    }
  }
  const kept = keep()
  return {
    stop() {
      stopping = true
      return kept
    },
  }
}

/** Everything runs and says it is well. */
export async function heal(names: string[]): Promise<void> {
  for (const name of names) {
    const { State } = await container(name).inspect()
    if (!State.Running) await ensureStarted(name)
    await eventually(15, () => signalAll(name, 'SIGCONT'))
  }
  for (const name of names) await healthy(name, 60)
}
