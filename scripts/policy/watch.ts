import { setTimeout as sleep } from 'node:timers/promises'
import { dropClasses } from './drop-classes.ts'
import { type Counters, openCounters } from './live-counters.ts'

/** Prints what is dropped, twice a second, until the process ends. Counters are what is read: nothing is sampled or lost. */
export async function watchDrops(print: (line: string) => void): Promise<never> {
  const counters = openCounters()
  for (let before = await counters.read(); ; ) {
    await sleep(500)
    const now = await counters.read()
    const time = new Date().toTimeString().slice(0, 8)
    for (const line of newDrops(before, now)) print(`${time}  ${line}`)
    before = now
  }
}

/** What was dropped between two readings, with names instead of addresses. */
export function newDrops(before: Counters, now: Counters): string[] {
  if ([...now].some(([name, packets]) => packets < (before.get(name) ?? 0)))
    return ['the rules were loaded again: counting from 0']
  return [...now].flatMap(([counter, packets]) => {
    const dropped = packets - (before.get(counter) ?? 0)
    const what = describe(counter.slice(counter.indexOf('/') + 1))
    return dropped > 0 && what ? [`${String(dropped).padStart(5)}  ${what}`] : []
  })
}

function describe(counter: string): string | undefined {
  const [, from, to, network] = /^drop_(.+)__(.+)__(.+)$/.exec(counter) ?? []
  return from ? `${from} → ${to} (${network})` : dropClasses[counter]
}
