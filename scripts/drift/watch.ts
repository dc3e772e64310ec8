import { setTimeout as sleep } from 'node:timers/promises'
import { handOnMetrics } from '../stack/hand-on-metrics.ts'
import { type Deviation, kinds, lineOf } from './deviation.ts'
import { keyOf, look } from './look.ts'

/**
 * Looks until the process ends. A deviation is told when it is found and when it is gone, a look by how many it found: who stops
 * hearing of looks knows that nobody looks. The monitoring, where it is on, is told the same as metrics.
 */
export async function watch(seconds: number): Promise<never> {
  for (let before = new Map<string, Deviation>(); ; await sleep(seconds * 1_000)) {
    const now = await look().then(byKey, (error: Error) => log('error', 'could not look', { error: error.message }))
    if (!now) continue
    for (const [key, each] of now) if (!before.has(key)) log('error', `drift: ${lineOf(each)}`, each)
    for (const [key, each] of before) if (!now.has(key)) log('info', `repaired: ${lineOf(each)}`, each)
    log('info', 'looked', { deviations: now.size })
    await tell([...now.values()])
    before = now
  }
}

async function tell(deviations: Deviation[]): Promise<void> {
  const ofEach = kinds.map((kind) => ({
    labels: { kind },
    value: deviations.filter((each) => each.kind === kind).length,
  }))
  await handOnMetrics('drift', [
    { name: 'drift_deviations', help: 'What runs and is not as declared', values: ofEach },
    {
      ...{ name: 'drift_last_look_timestamp_seconds', help: 'When somebody last looked for it' },
      values: [{ value: Math.floor(Date.now() / 1_000) }],
    },
  ])
}

const byKey = (deviations: Deviation[]) => new Map(deviations.map((each) => [keyOf(each), each]))

function log(level: string, msg: string, more: object): undefined {
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'drift', msg, ...more }))
}
