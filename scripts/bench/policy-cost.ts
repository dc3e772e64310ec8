import { type Cost, costOf, type Pair } from './cost.ts'
import type { Options } from './options.ts'
import { withOwnStack } from './own-stack.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { runWrk } from './wrk.ts'

/**
 * Product reads by the published port with the packet filter's rules and without, a second each in turn, on a stack of its own: a
 * machine that gets slower meanwhile is slower for both. The load is light enough to leave the machine some room for its own noise.
 */
export function measurePolicyCost({ pairs: rounds }: Options, signal: AbortSignal): Promise<Cost> {
  return withOwnStack(async ({ url, run }) => {
    say('starting a stack of its own')
    await run('bash', 'scripts/start.sh')
    const paths = (await productIds(url)).map((id) => `/api/products/${id}`)
    const reads = async (seconds = 1) => {
      const round = await runWrk(url, { method: 'GET', paths }, { connections: 16, seconds, signal })
      return round.requests / round.seconds
    }
    const compose = (...args: string[]) => run('docker', 'compose', ...args)
    await reads(5)

    const pairs: Pair[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`packet filter, round ${round} of ${rounds}`)
      const kept = await reads()
      await compose('stop', 'network-policy') // it would put the rules back
      await compose('run', '--rm', '--no-deps', '--no-TTY', 'network-policy', 'remove')
      const bare = await reads()
      await compose('up', '--detach', '--no-build', '--wait', 'network-policy')
      pairs.push({ with: kept, without: bare })
    }
    return costOf(pairs)
  })
}
