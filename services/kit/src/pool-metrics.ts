import { Gauge } from 'prom-client'
import type { Database } from './database.ts'
import { gauge, type Metrics } from './metrics.ts'

/** How many connections a pool has and may have, and how many wait for one. Those that are still being opened count as busy. */
export function measurePool(metrics: Metrics | undefined, pool: Database): void {
  if (!metrics) return
  new Gauge({
    name: 'database_pool_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers: [metrics],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
    },
  })
  gauge(metrics, 'database_pool_waiting', 'Statements that wait for a connection', () => pool.waitingCount)
  gauge(metrics, 'database_pool_limit', 'Connections that there may be', () => pool.options.max)
}
