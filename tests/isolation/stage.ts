import { randomInt } from 'node:crypto'
import { allEnded } from '../../scripts/stack/all-ended.ts'
import { type Attacker, openAttacker } from './attacker.ts'
import { type BeyondHost, openBeyondHost, openHostPort } from './beyond-host.ts'
import type { Edges } from './model/edges.ts'
import type { Topology } from './model/topology.ts'
import { openTestPorts, type TestPorts } from './targets.ts'

/** Everything a run puts up around the stack, and takes down again. */
export type Stage = {
  /** The undeclared port that every target listens on for the time of the run. */
  testPort: number
  targets: TestPorts
  /** A port on every address of the host. */
  hostPort: number
  beyond: BeyondHost | null
  /** The address of the stack's resolver, where it is beyond the host for the time of the run. */
  resolver: string | null
  attacker: Attacker
  [Symbol.asyncDispose]: () => Promise<void>
}

/** Ports are drawn below those that kernels hand out by themselves. */
const drawPort = () => randomInt(20_000, 30_000)

export async function openStage(topology: Topology, edges: Edges, resolver: string | null): Promise<Stage> {
  const [testPort, hostPort] = [drawPort(), drawPort()]
  const open = new AsyncDisposableStack()
  const closing = <Thing>(opening: Promise<Thing>, close: (thing: Thing) => unknown): Promise<Thing> =>
    opening.then((thing) => open.adopt(thing, async () => void (await close(thing))))
  try {
    const [targets, beyond, attacker] = await allEnded([
      closing(openTestPorts(topology, testPort), ({ close }) => close()),
      closing(
        openBeyondHost(
          hostPort,
          edges.portsOf('Internet'),
          resolver === null ? [] : edges.portsOf('resolver').map((port) => ({ address: resolver, port })),
        ),
        (beyond) => beyond?.remove(),
      ),
      closing(openAttacker(topology), ({ remove }) => remove()),
      closing(openHostPort(hostPort), ({ close }) => close()),
    ])
    return {
      testPort,
      targets,
      hostPort,
      beyond,
      resolver: beyond && resolver,
      attacker,
      [Symbol.asyncDispose]: () => open.disposeAsync(),
    }
  } catch (error) {
    await open.disposeAsync()
    throw error
  }
}
