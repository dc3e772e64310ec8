import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireTestStack } from '../stack.ts'
import { containerSabotages } from './container-sabotages.ts'
import { declarationSabotages } from './declaration-sabotages.ts'
import { edgeSabotages } from './edge-sabotages.ts'
import { sample } from './model/seeded-sample.ts'
import { networkSabotages } from './network-sabotages.ts'
import { ruleSabotages } from './rule-sabotages.ts'
import { runSuite } from './run-suite.ts'
import { whole } from './stack-actions.ts'

const { SABOTAGE_SAMPLE, SABOTAGE_SEED, SABOTAGE_ONLY } = process.env
const all = [
  ...ruleSabotages,
  ...networkSabotages,
  ...declarationSabotages,
  ...containerSabotages,
  ...edgeSabotages,
].filter(({ suite, why }) => `${suite} ${why}`.includes(SABOTAGE_ONLY ?? ''))
const seed = Number(SABOTAGE_SEED ?? Date.now() % 100_000)
const chosen = sample(all, Number(SABOTAGE_SAMPLE ?? all.length), seed)
const suites = [...new Set(chosen.map(({ suite }) => suite))]

/** What the chosen sabotages ask of a suite: all of it, unless each names files. */
function filesOf(suite: string): string[] {
  const asked = chosen.filter((sabotage) => sabotage.suite === suite).map(({ tests }) => tests)
  return asked.includes(undefined) ? [] : [...new Set(asked.flatMap((tests) => tests ?? []))]
}

beforeAll(() => {
  requireTestStack()
  if (process.getuid?.() !== 0)
    throw new Error('expected root, to stop the watchdog and enter networks of containers, but found an ordinary user')
  console.log(
    `${chosen.length} of ${all.length} sabotages, seed ${seed} (npm run test:sabotage -- --sample ${chosen.length} --seed ${seed})`,
  )
})

const unbroken = test.each(suites)

// Whoever takes a sample has just run the suites.
if (!SABOTAGE_SAMPLE)
  describe('before anything is broken', () =>
    unbroken('the %s suite is green', async (suite) => expect(await runSuite(suite, filesOf(suite))).toEqual([])))

describe('broken, the suite says so and why', () => {
  let repair: (() => Promise<unknown>) | undefined
  afterEach(async () => {
    await repair?.()
    await whole()
  })

  test.each(chosen.map((sabotage) => [sabotage.why, sabotage] as const))('%s', async (_, sabotage) => {
    repair = sabotage.repair
    await sabotage.break?.()
    const failures = await runSuite(sabotage.suite, sabotage.tests, await sabotage.files?.())
    const lines = failures.flatMap(({ test, message }) => [test, ...message.split('\n')])
    const found = lines.find((line) => sabotage.finds.test(line))
    if (lines.length === 0) throw new Error('the suite stayed green')
    if (found === undefined) throw new Error(`red, but not for ${sabotage.finds}:\n${lines.join('\n').slice(0, 4_000)}`)
    console.log(`${sabotage.why}\n    ${found}`)
  })
})

describe('after everything is repaired', () =>
  unbroken('the %s suite is green', async (suite) => expect(await runSuite(suite, filesOf(suite))).toEqual([])))
