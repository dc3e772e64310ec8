import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAnchors } from '@secure-ecommerce/kit/audit-anchors'
import { type AuditTrail, auditTrail } from '@secure-ecommerce/kit/audit-trail'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { Secret } from '@secure-ecommerce/kit/secret'
import type { Worker } from '@secure-ecommerce/kit/worker'
import { afterAll, beforeAll } from 'vitest'
import { parseChain, selectChain } from '../../../scripts/audit/read-chain.ts'
import { type Chain, type Problem, verifyChain } from '../../../scripts/audit/verify-chain.ts'
import { psql } from '../../../scripts/stack/psql.ts'
import { testDatabase } from '../../unit/database.ts'
import { silentLog } from '../../unit/log.ts'
import { eventually } from '../../unit/payment-service.ts'
import { writer } from './chain.ts'

const container = 'eunit-order-db'

/** The part of a migration that is the same for the three databases. */
export function sharedPart(domain: 'products' | 'orders' | 'payments', migration: string): string {
  const text = readFileSync(`database/migrations/${domain}/${migration}_keep_an_audit_trail.sql`, 'utf8')
  return text.slice(0, text.indexOf('\n$$;\n', text.indexOf('create function write_audit_entry')) + 5)
}

/** Runs statements as the superuser, who alone can get past what protects the trail. */
async function asSuperuser(...statements: string[]): Promise<string[]> {
  return psql(container, 'orders', statements)
}

/** A trail of its own on the real PostgreSQL: the migration's tables with its rights, in a schema that no other test has. */
export function ownTrail() {
  const schema = `audit_${randomBytes(6).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  const anchors = join(folder, 'anchors')
  const key = 'the key of the unit tests'
  const database = testDatabase('orders')
  // pg reads it for each connection; a file of tests has its process to itself.
  process.env.PGOPTIONS = `-c search_path=${schema}`
  const inSchema = (...statements: string[]) => asSuperuser(`set search_path = ${schema};`, ...statements)

  beforeAll(async () => {
    const tables = sharedPart('orders', '005')
    await inSchema(
      `create schema ${schema};`,
      `grant usage on schema ${schema} to orderuser;`,
      `set search_path = ${schema};`,
      tables,
    )
  })
  afterAll(async () => {
    await asSuperuser(`drop schema ${schema} cascade;`)
    rmSync(folder, { recursive: true })
  })

  /** One process of the service; `await using` stops it. */
  function start(options: { patience?: number; metrics?: Metrics } = {}) {
    const trail: AuditTrail & { workers: Worker[] } = auditTrail({
      ...{ log: silentLog, database, writer, config: { auditKey: new Secret(key), auditAnchors: anchors }, ...options },
    })
    for (const worker of trail.workers) worker.start()
    return {
      ...trail,
      async [Symbol.asyncDispose]() {
        await Promise.all(trail.workers.map((worker) => worker.stop()))
      },
    }
  }

  async function write(count: number): Promise<void> {
    await database.query(
      `insert into audit_entries (actor, role, action, subject, subject_id, result, details)
       select 'demo', 'admin', 'product.changed', 'product', gen_random_uuid()::text, 'done', jsonb_build_object('stock', jsonb_build_array(n, 'é'))
       from generate_series(1, $1) n`,
      [count],
    )
  }

  async function read(accepted = new Set<string>()): Promise<Chain> {
    return {
      writer,
      accepted,
      anchors: readAnchors(readFileSync(anchors, 'utf8')),
      ...parseChain(await inSchema(selectChain)),
    }
  }

  return {
    ...{ database, anchors, start, write, read, inSchema },

    /** Past the triggers, as only a superuser can. */
    tamper: (...statements: string[]) => inSchema('set session_replication_role = replica;', ...statements),

    problems: async (accepted?: Set<string>): Promise<Problem[]> => verifyChain(await read(accepted), key).problems,

    /** Nothing in it, as on the first day. */
    async empty(): Promise<void> {
      await inSchema('set session_replication_role = replica;', 'truncate audit_seals, audit_entries restart identity;')
      rmSync(anchors, { force: true })
    },

    /** Until every entry has its seal and the last seal its anchor. */
    async sealed(): Promise<void> {
      await eventually(async () => {
        const { entries, seals, anchors } = await read().catch(() => ({ entries: [1], seals: [], anchors: [] }))
        return entries.length === seals.length && anchors.at(-1)?.seq === seals.length
      })
    },
  }
}
