import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from './log.ts'
import { toServiceError } from './to-service-error.ts'

export type Worker = {
  /** From here on it works, until it is stopped. */
  start(): void
  /** There is something to do: the wait is cut short. */
  wake(): void
  /** Resolves when the work in hand is done; no more is begun. */
  stop(): Promise<void>
}

type Work = {
  name: string
  log: Logger
  /** Milliseconds between looks where nothing wakes it. */
  every: number
  /** Does what is due. @returns whether there may be more at once */
  run: () => Promise<boolean>
}

/**
 * Work that no request waits for: looked for at intervals, one look at a time. What fails is tried again at the next look, so
 * `run` must leave whatever it did not finish due.
 */
export function createWorker({ name, log, every, run }: Work): Worker {
  let stopping = false
  let pause = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function look(): Promise<boolean> {
    try {
      return await run()
    } catch (error) {
      // A neighbour that is away comes back; anything else is a bug, but one that must not end the work of the others.
      if (toServiceError(error).code === 'unavailable') log.warn({ err: error, worker: name }, 'worker waits')
      else log.error({ err: error, worker: name }, 'worker failed')
      return false
    }
  }

  async function work(): Promise<void> {
    while (!stopping) {
      pause = new AbortController()
      if (await look()) continue
      if (!stopping) await sleep(every, undefined, { signal: pause.signal }).catch(() => {})
    }
  }

  return {
    start() {
      running = work()
    },
    wake: () => pause.abort(),
    async stop() {
      stopping = true
      pause.abort()
      await running
    },
  }
}
