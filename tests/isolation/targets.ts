import { type InsideView, readInsideView } from './model/inside-view.ts'
import { hosts, type Service, type Topology } from './model/topology.ts'
import { perl, startIn } from './run-in.ts'

type Target = { service: Service; view: InsideView }

export type TestPorts = {
  targets: Target[]
  /** Every target sends something on each of its networks, so that the bridges know where it is. */
  speak: () => Promise<void>
  close: () => void
}

/** Opens the test's own ports in every target, so that a denied attempt can never mean "nobody listens there". */
export async function openTestPorts({ services, networks }: Topology, port: number): Promise<TestPorts> {
  const started = await Promise.all(
    hosts({ services, networks }).map(async (service) => {
      const running = await startIn(service.container, perl('listener', String(port)))
      await running.line('ready', 10)
      const gateways = service.addresses.map(
        ({ network }) => networks.find(({ name }) => name === network)?.gateway ?? '',
      )
      return { service, view: readInsideView(running.printed()), running, gateways }
    }),
  )
  let spoken = 0
  return {
    targets: started,
    async speak() {
      spoken++
      for (const { running, gateways } of started) running.stdin.write(`${gateways.join(' ')}\n`)
      await Promise.all(started.map(({ running }) => running.line('spoke', 5, spoken)))
    },
    close: () => started.forEach(({ running }) => void running.stdin.end()),
  }
}
