import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Express } from 'express'
import type { AuditTrail } from './audit-trail.ts'
import type { Callers } from './callers.ts'
import { ConfigError, type ConfigOf, readConfig, type serverSettings } from './config.ts'
import { createBusinessServer, createProbeServer, drain } from './http-server.ts'
import { isLive } from './live-file.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics, type Metrics, measureIdentity } from './metrics.ts'
import type { Worker } from './worker.ts'

type Built = {
  app: Express
  callers: Callers
  trail?: AuditTrail
  /** Started before the service listens; each finishes what it has in hand before the service ends. */
  workers?: Worker[]
  /** Called once the last answer is out: ends pools and clients. */
  close?: () => Promise<void>
}

/** Longer than the slowest statement, shorter than Compose's `stop_grace_period`. */
const drainLimit = 10_000

/** Milliseconds that the first comparison of a trail with its anchor may take. */
const trailLimit = 3_000

/** Milliseconds over which the services of a shop take certificates that are replaced for all of them. */
const spread = 4_000

/**
 * The life of a service: configuration, listening, and on SIGTERM or SIGINT a drain in which no request in flight is cut.
 * Exits 0 after a drain, 1 when the configuration is wrong, the port is taken, or the drain takes over 10 s.
 */
export async function runService<S extends typeof serverSettings>(
  service: string,
  settings: S,
  build: (config: ConfigOf<S>, log: Logger, metrics: Metrics | undefined) => Built,
): Promise<void> {
  const config = orExit(() => readConfig(service, settings, process.env))
  const { port, businessPort, identity, logLevel, metricsMode } = config as ConfigOf<typeof serverSettings>
  const log = createLog(service, logLevel)
  const metrics = metricsMode === 'on' ? createMetrics() : undefined
  measureIdentity(metrics, identity)
  exitOnBugs(log)

  const stopping = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  const { app, callers, trail, workers = [], close } = orExit(() => build(config, log, metrics))
  const [probes, business] = [
    createProbeServer(app, { identity, log, metrics }),
    createBusinessServer(app, { identity, callers, log, trail }),
  ]
  for (const worker of workers) worker.start()
  if (trail) await untilKept(trail)
  await Promise.all([listen(probes, port), listen(business, businessPort)])
  log.info({ port: portOf(probes), businessPort: portOf(business) }, 'listening')
  for (const value of Object.values(config)) if (isLive(value)) value.watch(log, spread)

  await stopping
  log.info('draining')
  setTimeout(() => {
    log.fatal(`requests still in flight after ${drainLimit} ms`)
    process.exit(1)
  }, drainLimit).unref()
  // What is asked until then, workers still write down.
  await Promise.all([drain(probes), drain(business)])
  await Promise.all(workers.map((worker) => worker.stop()))
  await close?.()
  log.info('stopped')
}

/** A wrong configuration is the operator's to read, not a crash: its message goes out as written. */
function orExit<Result>(start: () => Result): Result {
  try {
    return start()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** A bug leaves state unknown, so the process ends and Docker starts a new one. */
function exitOnBugs(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught')
    log.flush(() => process.exit(1))
  })
}

/** Before the trail is kept, whoever asks for a change would be refused; where it does not come to that soon, they are told why. */
async function untilKept(trail: AuditTrail): Promise<void> {
  const deadline = performance.now() + trailLimit
  while (!isKept(trail) && performance.now() < deadline) await sleep(20)
}

function isKept(trail: AuditTrail): boolean {
  try {
    trail.check()
    return true
  } catch {
    return false
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port)
  await once(server, 'listening')
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
