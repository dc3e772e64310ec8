import { type Anchor, readAnchors } from '../../services/kit/src/audit-anchors.ts'
import { type AuditEntry, genesis } from '../../services/kit/src/audit-entry.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import { psql } from '../stack/psql.ts'
import { fileChain, parseLines } from './file-chain.ts'
import type { Seal } from './lines.ts'
import type { Chain } from './verify-chain.ts'
import { policy, type Writer } from './writers.ts'

/** One state of all three tables. */
export const selectChain = `
  begin isolation level repeatable read read only;
  select json_build_object('entry', json_build_object(
    'id', id, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', actor, 'role', role, 'action', action,
    'subject', subject, 'subject_id', subject_id, 'address', address, 'result', result, 'request_id', request_id,
    'details', details)) from audit_entries order by id;
  select json_build_object('seal', json_build_object('seq', seq, 'entryId', entry_id, 'hmac', encode(hmac, 'hex')))
  from audit_seals order by seq;
  select json_build_object('lastId', case when is_called then last_value else 0 end, 'now', now()) from audit_entries_id_seq;
  commit;`

type Read = Pick<Chain, 'entries' | 'seals' | 'lastId' | 'now'>

/** What {@link selectChain} prints. */
export function parseChain(lines: string[]): Read {
  const chain: Read = { entries: [], seals: [], lastId: 0, now: '' }
  for (const line of lines) {
    const row = JSON.parse(line) as { entry?: AuditEntry; seal?: Seal; lastId?: number; now?: string }
    if (row.entry) chain.entries.push(row.entry)
    else if (row.seal) chain.seals.push(row.seal)
    else Object.assign(chain, row)
  }
  return chain
}

/** A service's trail from its database, with the anchors from the service's own container. */
export async function readChain({ writer, container, database }: Writer, accepted: Set<string>): Promise<Chain> {
  // First, so that the database is not behind them because they were written meanwhile.
  const anchors = await readAnchorsOf(writer)
  const lines = await psql(await runningContainer(container), database, [selectChain])
  return { writer, anchors, accepted, ...parseChain(lines) }
}

const anchorPath = '/var/lib/audit/anchors'

export async function readAnchorsOf(writer: string): Promise<Anchor[]> {
  const script = `[ ! -e ${anchorPath} ] || cat ${anchorPath}`
  return readAnchors(await docker('exec', await runningContainer(writer), 'sh', '-c', script))
}

/** The incidents of the packet filter. Their anchors are what its container logged, as far back as Docker keeps that. */
export async function readIncidents(): Promise<Chain> {
  const container = await runningContainer(policy.writer)
  const logged = await docker('logs', container)
  const path = '/var/lib/audit/incidents.jsonl'
  const text = await docker('exec', container, 'bash', '-c', `[ ! -e ${path} ] || cat ${path}`)
  const anchors = logged.split('\n').filter((line) => line.includes('"msg":"incident recorded"'))
  return fileChain(policy.writer, parseLines(text), [start, ...anchors.map(toAnchor)])
}

const start: Anchor = { writer: policy.writer, seq: 0, hmac: genesis, at: '' }

function toAnchor(line: string): Anchor {
  const { time, seq, hmac } = JSON.parse(line) as { time: string; seq: string; hmac: string }
  return { writer: policy.writer, seq: Number(seq), hmac, at: time }
}

/** The service's own key. Who can read it here can read the container's memory too. */
export async function readKey({ writer, key }: Pick<Writer, 'writer' | 'key'> | typeof policy): Promise<string> {
  return (await docker('exec', await runningContainer(writer), 'cat', `/run/secrets/${key}`)).trim()
}

export async function appendAnchor(writer: string, line: string): Promise<void> {
  const script = `printf '\\n%s' "$1" >>${anchorPath}`
  await docker('exec', await runningContainer(writer), 'sh', '-c', script, 'sh', line)
}
