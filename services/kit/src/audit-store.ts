import type { PoolClient } from 'pg'
import { type AuditEntry, genesis } from './audit-entry.ts'
import type { Database } from './database.ts'

export type AuditStore = ReturnType<typeof auditStore>

export type Head = { seq: number; hmac: string }

/** The seals of entries that come after the head, in their order. */
export type Seals = (head: Head, entries: AuditEntry[]) => string[]

/** The last seal that was made, if one was, and whether there may be more to seal. */
type Sealed = { head: Head | undefined; more: boolean }

/** Entries sealed in one transaction. */
const batch = 500

/** Of the advisory lock that keeps two processes from sealing at once, which would fork the chain. */
const lock = 7_431

/** An entry's columns, with the time as it is sealed. */
const columns = `id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, role, action, subject,
  subject_id, address, result, request_id, details`

/** Entries and seals in a service's database. */
export function auditStore(database: Database) {
  /** Where to look for entries without a seal: after what was sealed two minutes ago, which no statement outlives. */
  const floor = { id: -1, next: -1, movedAt: 0 }

  async function findFloor(): Promise<number> {
    const { rows } = await database.query<{ id: number }>({
      name: 'audit-floor',
      // So far back entries were sealed that nothing before them is still to come.
      text: `select case when count(*) < 50000 then 0 else min(entry_id) end as id
             from (select entry_id from audit_seals order by seq desc limit 50000) recent`,
    })
    return rows[0]?.id ?? 0
  }

  function moveFloor(lastId: number): void {
    if (performance.now() - floor.movedAt < 60_000) return
    floor.id = floor.next
    floor.next = lastId
    floor.movedAt = performance.now()
  }

  async function pending(client: Pick<PoolClient, 'query'>): Promise<AuditEntry[]> {
    const { rows } = await client.query<AuditEntry>({
      name: 'audit-pending',
      text: `select ${columns} from audit_entries e
             where id > $1 and not exists (select from audit_seals where entry_id = e.id) order by id limit $2`,
      values: [floor.id, batch],
    })
    return rows
  }

  async function head(client: Pick<PoolClient, 'query'>): Promise<Head> {
    const { rows } = await client.query<Head>({
      name: 'audit-head',
      text: `select seq, encode(hmac, 'hex') as hmac from audit_seals order by seq desc limit 1`,
    })
    return rows[0] ?? { seq: 0, hmac: genesis }
  }

  async function seal(seals: Seals): Promise<Sealed> {
    const client = await database.connect()
    let broken: Error | undefined
    try {
      await client.query('begin')
      const { rows } = await client.query(`select pg_try_advisory_xact_lock(${lock}) as mine`)
      const [from, entries] = rows[0].mine ? [await head(client), await pending(client)] : [undefined, []]
      let sealed: Head | undefined
      if (from && entries.length > 0) {
        const hmacs = seals(from, entries)
        sealed = { seq: from.seq + entries.length, hmac: hmacs.at(-1) as string }
        await client.query({
          name: 'audit-seal',
          text: `insert into audit_seals (seq, entry_id, hmac)
                 select $1 + place, id, decode(hmac, 'hex')
                 from unnest($2::bigint[], $3::text[]) with ordinality as sealed (id, hmac, place)`,
          values: [from.seq, entries.map(({ id }) => id), hmacs],
        })
      }
      await client.query('commit')
      return { head: sealed, more: entries.length === batch }
    } catch (error) {
      // Whatever it was in the middle of, the connection's end rolls it back.
      broken = error as Error
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    /** The last seal, and the one at the place of an anchor: null where there is none. */
    async look(anchored: number): Promise<{ head: Head; atAnchor: string | null }> {
      const { rows } = await database.query<{ hmac: string }>({
        name: 'audit-at-anchor',
        text: `select encode(hmac, 'hex') as hmac from audit_seals where seq = $1`,
        values: [anchored],
      })
      return { head: await head(database), atAnchor: anchored === 0 ? genesis : (rows[0]?.hmac ?? null) }
    },

    /** Seals what has no seal yet, unless another process is about it. */
    async sealPending(seals: Seals): Promise<Sealed> {
      if (floor.id < 0) floor.id = floor.next = await findFloor()
      const [first] = await pending(database)
      if (!first) return { head: undefined, more: false }
      const sealed = await seal(seals)
      moveFloor(first.id)
      return sealed
    },
  }
}
