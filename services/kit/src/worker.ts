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
      report(log, name, error)
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

type DueWork<Item> = Omit<Work, 'run'> & {
  /** Items in hand at a time. */
  limit: number
  /** Takes up to so many of what is due, so that nobody else does for a while. */
  claim: (limit: number) => Promise<Item[]>
  handle: (item: Item) => Promise<void>
}

/** Like {@link createWorker} for what falls due one by one: an item that takes its time keeps no other waiting. */
export function createDueWorker<Item>({ name, log, every, limit, claim, handle }: DueWork<Item>): Worker {
  const inHand = new Set<Promise<void>>()

  function take(item: Item): void {
    const work = handle(item)
      .catch((error) => report(log, name, error))
      .finally(() => inHand.delete(work))
    inHand.add(work)
  }

  async function run(): Promise<boolean> {
    const claimed = await claim(limit - inHand.size)
    claimed.forEach(take)
    if (inHand.size < limit) return false
    await Promise.race(inHand)
    return true
  }

  const worker = createWorker({ name, log, every, run })
  return {
    ...worker,
    async stop() {
      await worker.stop()
      await Promise.all(inHand)
    },
  }
}

/** A neighbour that is away comes back; anything else is a bug, but one that must not end the work on the rest. */
function report(log: Logger, worker: string, error: unknown): void {
  if (toServiceError(error).code === 'unavailable') log.warn({ err: error, worker }, 'worker waits')
  else log.error({ err: error, worker }, 'worker failed')
}
