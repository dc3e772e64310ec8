import { seeded, shuffled } from '../../seeded.ts'
import type { CrashPoint } from './crash-points.ts'

export type PlannedOrder = {
  /** Milliseconds after the start. */
  at: number
  /** Unique in the run; the order's e-mail address is made of it. */
  number: number
  /** Without one it is sent once and never again: a customer who cannot know whether he ordered. */
  keyed: boolean
  /** By their place on the shelf; beyond its end is no product. */
  items: { place: number; quantity: number }[]
  token: string
  /** The same request a second time: beside the first, or so many milliseconds after its answer. */
  again: 'beside' | number | null
  /** Whether staff give the money back, once it was paid. */
  refunded: boolean
}

export type Disturbance = {
  at: number
  kind: 'kill' | 'pause'
  target: string
  /** Milliseconds. */
  for: number
}

export type Plan = {
  /** What each product on the shelf starts with. */
  stocks: number[]
  orders: PlannedOrder[]
  disturbances: Disturbance[]
  /** In the order in which each service is told to die. */
  crashes: CrashPoint[]
}

export const targets = [
  'nginx',
  'gateway',
  'order-api',
  'payment-api',
  'product-api',
  'order-db',
  'payment-db',
  'product-db',
]

/** A run of this length is told to die at every step there is; a shorter one at its share of them. */
export const fullLength = 60

/** Places on the shelf. The hot product is what everybody wants and few get. */
export const hot = 0
/** Its reservations are made to lapse before they are confirmed, so that what was paid has to be given back. */
export const lapsing = 1
/** Its orders are made old before their time, so that they are given up. */
export const ageing = 2
const ordinary = 3
const shelf = 20

const perSecond = 25
/** Seconds of orders beyond the run's, for a step that nobody has come by until then. */
const overtime = 20

/** Everything that is left to chance, from the seed alone; when a machine gets round to it is not. */
export function planOf(seed: number, seconds: number, crashPoints: CrashPoint[]): Plan {
  const next = seeded(seed)
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    stocks: Array.from({ length: shelf }, (_, place) =>
      place === hot ? 40 : place < ordinary ? 10_000 : between(20, 300),
    ),
    orders: Array.from({ length: (seconds + overtime) * perSecond }, (_, number) =>
      plannedOrder(number, next, between),
    ),
    disturbances: disturbances(seconds, next, between),
    crashes: shuffled(crashPoints, next).slice(0, Math.ceil((crashPoints.length * seconds) / fullLength)),
  }
}

type Between = (low: number, high: number) => number

const tokens: [share: number, token: string][] = [
  [0.76, 'tok_visa'],
  [0.06, 'tok_chargeDeclined'],
  [0.04, 'tok_chargeDeclinedInsufficientFunds'],
  [0.03, 'tok_simulateTimeout'],
  [0.02, 'tok_simulateTimeoutDeclined'],
  [0.05, 'tok_simulateLateSuccess'],
  [0.04, 'tok_simulateLateDecline'],
]

function plannedOrder(number: number, next: () => number, between: Between): PlannedOrder {
  const kind = next()
  const keyed = next() < 0.95
  const again: PlannedOrder['again'] = next() < 0.3 ? (next() < 0.5 ? 'beside' : between(300, 3_000)) : null
  const order = {
    at: (number * 1_000) / perSecond,
    number,
    keyed,
    again: keyed ? again : null,
    token: oneOf(tokens, next()),
    refunded: next() < 0.05,
  }
  const one = (place: number) => ({ place, quantity: 1 })
  const others = (count: number) => {
    const places = Array.from({ length: count }, () => between(ordinary, shelf - 1))
    return [...new Set(places)].map((place) => ({ place, quantity: between(1, 3) }))
  }

  if (kind < 0.04) return { ...order, items: [one(lapsing)], token: 'tok_simulateLateSuccess' }
  if (kind < 0.07) return { ...order, items: [one(ageing)] }
  if (kind < 0.08) return { ...order, items: [one(shelf)] }
  if (kind < 0.38) return { ...order, items: [one(hot), ...others(between(0, 1))] }
  return { ...order, items: others(between(1, 3)) }
}

function oneOf<Item>(shares: [number, Item][], drawn: number): Item {
  let rest = drawn
  const found = shares.find(([share]) => {
    rest -= share
    return rest < 0
  })
  return (found ?? (shares.at(-1) as [number, Item]))[1]
}

/** One every 2 s or so; every target is killed and paused before any is a second time. */
function disturbances(seconds: number, next: () => number, between: Between): Disturbance[] {
  const all = targets.flatMap((target) => [
    { kind: 'kill' as const, target },
    { kind: 'pause' as const, target },
  ])
  const planned: Disturbance[] = []
  let round: typeof all = []
  for (let at = 1_000; at < (seconds - 1) * 1_000; at += between(1_000, 3_000)) {
    if (round.length === 0) round = shuffled(all, next)
    const { kind, target } = round.pop() as (typeof all)[number]
    planned.push({ at, kind, target, for: kind === 'kill' ? between(0, 2_000) : between(500, 4_000) })
  }
  return planned
}
