import type { Database } from './database.ts'
import type { Logger } from './log.ts'
import { currentContext } from './request-context.ts'
import { createWorker, type Worker } from './worker.ts'

export type Refusals = { note(refusal: Refusal): void; worker: Worker }

type Refusal = { actor: string; role: string; address: string | null; route: string; status: number }

/** How often, and in which request first. */
type Counted = Refusal & { count: number; request_id: string | null }

/** Entries a minute. */
const most = 50
const others = { actor: 'others', role: 'unknown', address: null, route: 'any', status: 403 }

/**
 * Counts refused requests and writes them down once a minute, one entry for each caller, route and answer: a flood of them must not
 * fill the disk. Beyond 50 entries the rest of the minute are one.
 */
export function refusals(database: Database, log: Logger): Refusals {
  let counted = new Map<string, Counted>()

  function add(refusal: Counted): void {
    const keyOf = ({ actor, address, route, status }: Refusal) => [actor, address, route, status].join(' ')
    const entry = counted.has(keyOf(refusal)) || counted.size < most ? refusal : { ...refusal, ...others }
    const known = counted.get(keyOf(entry))
    if (known) known.count += entry.count
    else counted.set(keyOf(entry), entry)
  }

  async function write(): Promise<boolean> {
    if (counted.size === 0) return false
    const taken = [...counted.values()]
    counted = new Map()
    try {
      await database.query({ name: 'note-refusals', text: insertRefusals, values: [JSON.stringify(taken)] })
    } catch (error) {
      taken.forEach(add)
      throw error
    }
    return false
  }

  const worker = createWorker({ name: 'refusals', log, every: 60_000, run: write })
  return {
    note: (refusal) => add({ ...refusal, count: 1, request_id: currentContext()?.requestId ?? null }),
    worker: {
      ...worker,
      async stop() {
        await worker.stop()
        await write()
      },
    },
  }
}

const insertRefusals = `
  insert into audit_entries (actor, role, address, request_id, action, subject, subject_id, result, details)
  select actor, role, address, request_id, 'caller.refused', 'route', route, 'refused',
         jsonb_build_object('status', status, 'count', count)
  from jsonb_to_recordset($1) as t (
    actor text, role text, address text, request_id text, route text, status integer, count integer)`
