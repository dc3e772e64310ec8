import { Failure } from '../stack/failure.ts'
import { type Cost, costOf, type Pair } from './cost.ts'
import type { Options } from './options.ts'
import { type OwnStack, withOwnStack, withPlainStack } from './own-stack.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { type Protocol, spokenAt } from './spoken.ts'
import { runWrk } from './wrk.ts'

/** Who takes business on 8443, and a network of each. */
const servers = {
  frontend: 'frontend',
  gateway: 'frontend',
  'product-api': 'backend',
  'order-api': 'backend',
  'payment-api': 'payment',
}

/**
 * Product reads by the published port with mutual TLS between nginx and the services and without, two seconds each in turn. Two
 * stacks of the same images run beside the shop; into the second the bench mounts what makes it speak plain HTTP. The database
 * is reached under TLS in both.
 */
export function measureMtlsCost({ pairs: rounds, connections }: Options, signal: AbortSignal): Promise<Cost> {
  return withOwnStack((shipped) =>
    withPlainStack(async (plain) => {
      say('starting two stacks of its own')
      for (const { run } of [shipped, plain]) await run('bash', 'scripts/start.sh')
      await expectToSpeak('TLS', shipped)
      await expectToSpeak('HTTP', plain)

      const [readShipped, readPlain] = [await readsOf(shipped), await readsOf(plain)]
      await readShipped(5)
      await readPlain(5)
      const pairs: Pair[] = []
      for (let round = 1; round <= rounds; round++) {
        say(`mutual TLS, round ${round} of ${rounds}`)
        // They take turns at being first.
        if (round % 2 === 0) pairs.push({ with: await readShipped(2), without: await readPlain(2) })
        else pairs.push({ without: await readPlain(2), with: await readShipped(2) })
      }
      return costOf(pairs)
    }),
  )

  /** @returns reads products for so many seconds, and says how many a second */
  async function readsOf({ url }: OwnStack): Promise<(seconds: number) => Promise<number>> {
    const paths = (await productIds(url)).map((id) => `/api/products/${id}`)
    return async (seconds) => {
      const round = await runWrk(url, { method: 'GET', paths }, { connections, seconds, signal })
      const failed = round.refused + round.broken
      if (failed > 0) throw new Failure(`${failed} of ${round.requests} product reads failed at ${url}`)
      return round.requests / round.seconds
    }
  }
}

/** Two stacks that speak the same would be compared without a word. */
async function expectToSpeak(protocol: Protocol, { addressOf }: OwnStack): Promise<void> {
  for (const [role, network] of Object.entries(servers)) {
    const found = await spokenAt(await addressOf(role, network), 8443)
    if (found === protocol) continue
    throw new Failure(`expected ${role} to speak ${protocol} on 8443 but found ${found ?? 'neither HTTP nor TLS'}`)
  }
}
