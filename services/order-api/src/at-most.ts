import { ServiceError } from '@secure-ecommerce/kit/service-error'

type Line = {
  /** How many may wait. */
  places: number
  /** Milliseconds that each waits at most. */
  patience: number
}

export type AtMost = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Runs at most `limit` works at once. Others wait in line; throws `unavailable` where the line is full or moves too slowly. */
export function atMost(limit: number, { places, patience }: Line): AtMost {
  let running = 0
  const waiting: (() => void)[] = []

  function wait(): Promise<void> {
    if (waiting.length === places) throw busy()
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        waiting.splice(waiting.indexOf(enter), 1)
        reject(busy())
      }, patience)
      function enter() {
        clearTimeout(giveUp)
        resolve()
      }
      waiting.push(enter)
    })
  }

  /** The place is handed on to who waits longest, if anybody does. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return async (work) => {
    if (running < limit) running++
    else await wait()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

function busy(): ServiceError {
  return new ServiceError('unavailable', 'Too many people sign in at this moment')
}
