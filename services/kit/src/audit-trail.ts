import type { ErrorRequestHandler, RequestHandler } from 'express'
import Joi from 'joi'
import { type Anchor, anchorFile } from './audit-anchors.ts'
import { sealOf } from './audit-entry.ts'
import { auditStore, type Seals } from './audit-store.ts'
import { clientAddress } from './client-address.ts'
import { type ConfigOf, secretFile, setting } from './config.ts'
import type { Database } from './database.ts'
import type { Logger } from './log.ts'
import { type Metrics, total } from './metrics.ts'
import { type Refusals, refusals } from './refusals.ts'
import { ServiceError } from './service-error.ts'
import { toServiceError } from './to-service-error.ts'
import { createWorker, type Worker } from './worker.ts'

/** What a service records of what it does. */
export type AuditTrail = {
  /** Throws `unavailable` while the trail is not kept. */
  check(): void
  refusals: Pick<Refusals, 'note'>
}

export const auditSettings = {
  auditKey: secretFile('AUDIT_KEY_FILE'),
  auditAnchors: setting<string>('AUDIT_ANCHORS', Joi.string().default('/var/lib/audit/anchors')),
}

const notCompared = 'it was not compared with its anchor yet'

type Options = {
  log: Logger
  database: Database
  /** The service's name, which is part of each seal. */
  writer: string
  config: ConfigOf<typeof auditSettings>
  metrics?: Metrics | undefined
  /** Milliseconds for which sealing may fail before the service changes nothing any more. */
  patience?: number
}

/**
 * Seals the entries that a service's statements write, in a chain that shows every later change, and anchors the chain's head outside
 * the database.
 *
 * Every look first compares the database with the last anchor. A chain that is not what it was then is not continued, and the trail
 * counts as not kept, until the operator accepts it (`npm run audit -- accept`).
 */
export function auditTrail(options: Options): AuditTrail & { workers: Worker[] } {
  const { log, database, writer, config, metrics, patience = 10_000 } = options
  const store = auditStore(database)
  const anchors = anchorFile(config.auditAnchors, writer)
  const refused = refusals(database, log)
  let anchored: Anchor | undefined
  let lost: string | undefined = notCompared
  /** Since when it is tried without success. */
  let tryingSince: number | undefined
  let told = false
  total(metrics, 'audit_entries_total', 'Entries in the audit trail that are sealed', () => anchored?.seq)

  const seals: Seals = ({ hmac: previous }, entries) => {
    const key = config.auditKey.reveal()
    return entries.map((entry) => {
      previous = sealOf(key, previous, writer, entry)
      return previous
    })
  }

  async function keepUp(): Promise<boolean> {
    anchored ??= await anchors.last()
    const { head, atAnchor } = await store.look(anchored?.seq ?? 0)
    if (!anchored && head.seq > 0) return lose(`it has ${head.seq} seals, and no anchor`)
    if (anchored && atAnchor !== anchored.hmac) {
      return lose(`its anchor says seal ${anchored.seq}, the database has ${head.seq} and not that one`)
    }
    anchored ??= await anchors.begin()
    if (lost !== undefined && lost !== notCompared)
      log.warn({ writer, seq: head.seq }, 'the audit trail is gone on with')
    lost = undefined
    const sealed = await store.sealPending(seals)
    const { seq, hmac } = sealed.head ?? head
    if (seq > anchored.seq) anchored = await anchors.append(seq, hmac)
    return sealed.more
  }

  /** The anchor is read anew at the next look: the operator may have accepted the chain by then. */
  function lose(reason: string): false {
    if (lost !== reason) log.error({ writer, reason }, 'the audit trail is not what it was: changes are refused')
    lost = reason
    anchored = undefined
    return false
  }

  const failsTooLong = () => tryingSince !== undefined && performance.now() - tryingSince > patience

  async function run(): Promise<boolean> {
    tryingSince ??= performance.now()
    try {
      const more = await keepUp()
      if (told) log.warn('the audit trail is kept again')
      told = false
      tryingSince = undefined
      return more
    } catch (error) {
      if (failsTooLong() && !told) {
        log.error({ err: error }, 'the audit trail is not kept: changes are refused')
        told = true
      }
      throw error
    }
  }

  return {
    check() {
      if (lost !== undefined || failsTooLong()) {
        throw new ServiceError('unavailable', 'The audit trail is not kept, so nothing may be changed')
      }
    },
    refusals: refused,
    workers: [createWorker({ name: 'audit', log, every: 500, run }), refused.worker],
  }
}

/** Lets through what only reads. */
export function changeOnlyWhileKept(trail: AuditTrail): RequestHandler {
  return function checkTrail({ method }, _res, next) {
    if (method !== 'GET' && method !== 'HEAD') trail.check()
    next()
  }
}

/** Takes down who shows bad credentials, may not do what they ask for, or asks too often. Who shows none has just to sign in. */
export function noteRefusals(trail: AuditTrail, routes: string[]): ErrorRequestHandler {
  return function noteRefusal(thrown, req, res, next) {
    const { status } = toServiceError(thrown)
    if (status === 403 || status === 429 || (status === 401 && req.headers.authorization !== undefined)) {
      const { id: actor = 'unknown', role = 'unknown' } = res.locals.caller ?? {}
      const route = routes.find((path) => req.path.startsWith(path)) ?? 'none'
      trail.refusals.note({ actor, role, address: clientAddress(req), route, status })
    }
    next(thrown)
  }
}
