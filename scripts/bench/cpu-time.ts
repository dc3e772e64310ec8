import Docker from 'dockerode'
import { sum } from './statistics.ts'

const engine = new Docker()

/** Seconds of CPU time that the containers have used since they were started, all cores together, user and system. */
export async function cpuTimeOf(containers: string[]): Promise<number> {
  const stats = await Promise.all(
    containers.map((name) => engine.getContainer(name).stats({ stream: false, 'one-shot': true })),
  )
  return sum(stats.map(({ cpu_stats }) => cpu_stats.cpu_usage.total_usage)) / 1e9
}
