import type { Session } from '../stack/session.ts'

export type Migration = { name: string; sha256: string }

/** Where an audit trail had come to: its last seal. */
type Head = { seq: number; hmac: string }

/** What a backup tells of a database beside its rows. */
export type Facts = { head: Head; migrations: Migration[] }

export async function selectFacts(session: Session): Promise<Facts> {
  const [line = ''] = await session.ask(`
    select json_build_object(
      'head', coalesce(
        (select json_build_object('seq', seq, 'hmac', encode(hmac, 'hex')) from audit_seals order by seq desc limit 1),
        json_build_object('seq', 0, 'hmac', repeat('0', 64))),
      'migrations', (select json_agg(json_build_object('name', name, 'sha256', sha256) order by name) from migrations));`)
  return JSON.parse(line) as Facts
}
