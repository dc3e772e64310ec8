import { setTimeout as sleep } from 'node:timers/promises'
import { type Deviation, lineOf } from './deviation.ts'
import { keyOf, look } from './look.ts'

/**
 * Looks until the process ends. A deviation is told when it is found and when it is gone, a look by how many it found: who stops
 * hearing of looks knows that nobody looks.
 */
export async function watch(seconds: number): Promise<never> {
  for (let before = new Map<string, Deviation>(); ; await sleep(seconds * 1_000)) {
    const now = await look().then(byKey, (error: Error) => log('error', 'could not look', { error: error.message }))
    if (!now) continue
    for (const [key, each] of now) if (!before.has(key)) log('error', `drift: ${lineOf(each)}`, each)
    for (const [key, each] of before) if (!now.has(key)) log('info', `repaired: ${lineOf(each)}`, each)
    log('info', 'looked', { deviations: now.size })
    before = now
  }
}

const byKey = (deviations: Deviation[]) => new Map(deviations.map((each) => [keyOf(each), each]))

function log(level: string, msg: string, more: object): undefined {
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'drift', msg, ...more }))
}
