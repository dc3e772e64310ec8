import { AsyncLocalStorage } from 'node:async_hooks'
import type { Request, RequestHandler } from 'express'
import { counterBy, type Metrics } from './metrics.ts'
import { createPlaces } from './places.ts'
import { ServiceError } from './service-error.ts'

export type Load = {
  /** Requests in hand at a time. Few: a processor that does many things at once does none of them sooner. */
  atOnce: number
  /** Of those, the ones kept for what cannot wait. */
  reserved: number
  /** How many may stand in line behind them, of either kind: a burst, not an overload. */
  places: number
  /** Milliseconds that each stands there at most. */
  patience: number
}

type Line = { upTo: number; waiting: Set<() => void>; shed: () => void }

/**
 * Bounds what is in hand, and the wait for it. Who cannot wait goes first; who finds the line full, or stands in it for too long, is told
 * at once to come back, which costs little, rather than late, when everything has been done for nobody. A request is in hand until its
 * answer is out or its reader has left.
 */
export function limitLoad({ atOnce, reserved, places, patience }: Load, metrics?: Metrics): RequestHandler {
  const hands = createPlaces(atOnce)
  const shedOf = counterBy(metrics, 'http_requests_shed_total', 'Requests turned away under load', 'priority')
  const urgent: Line = { upTo: atOnce, waiting: new Set(), shed: shedOf('urgent') }
  const patient: Line = { upTo: atOnce - reserved, waiting: new Set(), shed: shedOf('patient') }

  function leave(): void {
    hands.leave()
    const line = urgent.waiting.size > 0 ? urgent : patient
    // The one that has stood there longest.
    const [next] = line.waiting
    if (next && hands.take(line.upTo)) next()
  }

  return function admit(req, res, next) {
    if (isPartOfAnother(req)) return next()
    const line = canWait(req) ? patient : urgent
    const { upTo, waiting } = line
    function enter(): void {
      res.once('close', leave)
      next()
    }
    if (hands.take(upTo)) return enter()
    if (waiting.size >= places) throw tooMuch(line)

    function stepOut(): void {
      waiting.delete(start)
      clearTimeout(tired)
      res.off('close', stepOut)
    }
    // It is another request's end that starts this one: in its own context all the same.
    const start = AsyncLocalStorage.bind(() => {
      stepOut()
      enter()
    })
    const tired = setTimeout(() => {
      stepOut()
      next(tooMuch(line))
    }, patience)
    res.once('close', stepOut)
    waiting.add(start)
  }
}

function tooMuch({ shed }: Line): ServiceError {
  shed()
  return new ServiceError('unavailable', 'There is too much to do at the moment')
}

/** As nginx says, by RFC 9218 and whatever the client has said: who looks at the catalogue looks again; who buys is in the middle of something. */
const canWait = ({ headers }: Request) => headers.priority === 'u=5'

/** What one service asks of another for a request that is in hand already: made to wait for such, it could wait for itself. */
const isPartOfAnother = ({ url }: Request) => url.startsWith('/internal/')
