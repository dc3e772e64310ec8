import { Failure } from '../stack/failure.ts'
import { type Cost, costOf, type Pair } from './cost.ts'
import type { Options } from './options.ts'
import { withOwnStack } from './own-stack.ts'
import { say } from './session.ts'
import { createProduct, productIds } from './shop-api.ts'
import { shopMix } from './shop-mix.ts'
import { runWrk } from './wrk.ts'

/** The requests of a shop with the WAF and without, three seconds each in turn, on a stack of its own; nginx is made anew between them. */
export function measureWafCost({ pairs, connections }: Options, signal: AbortSignal): Promise<Cost> {
  return withOwnStack(async ({ url, run }) => {
    say('starting a stack of its own')
    await run('bash', 'scripts/start.sh')
    const onSale = await createProduct(url, { name: 'Reading lamp', price: 10, stock: 1_000_000 })
    const mix = shopMix(await productIds(url), onSale)
    const requestsWith = async (mode: 'On' | 'Off') => {
      await run(
        'env',
        `WAF_MODE=${mode}`,
        'docker',
        'compose',
        'up',
        '--detach',
        '--no-build',
        '--no-deps',
        '--wait',
        'nginx',
      )
      await send(1)
      return send(3)
    }
    const send = async (seconds: number) => {
      const round = await runWrk(url, { method: 'MIX', mix }, { connections, seconds, signal })
      const failed = round.refused + round.broken
      if (failed > 0) throw new Failure(`${failed} of ${round.requests} requests failed`)
      return round.requests / round.seconds
    }
    await send(5)

    // Each round takes twelve seconds, and what is measured is large: fewer are enough.
    const rounds = Math.ceil(pairs / 6)
    const measured: Pair[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`WAF, round ${round} of ${rounds}`)
      const on = () => requestsWith('On')
      const off = () => requestsWith('Off')
      // They take turns at being first.
      if (round % 2 === 0) measured.push({ with: await on(), without: await off() })
      else measured.push({ without: await off(), with: await on() })
    }
    return costOf(measured)
  })
}
