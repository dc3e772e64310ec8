import { createHash, randomBytes } from 'node:crypto'
import type { Acted } from '@secure-ecommerce/kit/acting'
import type { Database } from '@secure-ecommerce/kit/database'
import type { Account } from './account-store.ts'

export type SessionStore = ReturnType<typeof sessionStore>

/** How long who does not come back stays signed in. */
const lifetime = "interval '30 days'"

/** Sessions, and the refresh tokens that each goes on with. A token is kept as its digest, so the database cannot give it away. */
export function sessionStore(database: Database) {
  return {
    /** @returns the session's first token */
    async open(accountId: string, acted: Acted): Promise<string> {
      const token = newToken()
      await database.query({
        name: 'open-session',
        text: `with opened as (
                 insert into sessions (account_id, expires_at) values ($1, now() + ${lifetime})
                 returning id, expires_at, write_audit_entry($3, 'session.opened', 'account', account_id::text, '{}'))
               insert into refresh_tokens (hash, session_id, expires_at) select $2, id, expires_at from opened`,
        values: [accountId, digest(token), acted],
      })
      return token
    },

    /**
     * Takes a token for the next one. A token that was taken before ends its session: of the two who have it one is a thief, and
     * nobody can say which.
     */
    async rotate(token: string, acted: Acted): Promise<{ account: Account; refreshToken: string } | undefined> {
      const refreshToken = newToken()
      const { rows } = await database.query<Account>({
        name: 'rotate-token',
        text: rotateToken,
        values: [digest(token), digest(refreshToken)],
      })
      if (rows[0]) return { account: rows[0], refreshToken }
      await database.query({
        name: 'end-copied-session',
        text: `delete from sessions using refresh_tokens token
               where sessions.id = session_id and hash = $1 and used_at is not null
               returning write_audit_entry($2, 'session.ended_as_copied', 'account', account_id::text, '{}', 'refused')`,
        values: [digest(token), acted],
      })
      return undefined
    },

    async end(token: string, acted: Acted): Promise<void> {
      await database.query({
        name: 'end-session',
        text: `delete from sessions using refresh_tokens where sessions.id = session_id and hash = $1
               returning write_audit_entry($2, 'session.ended', 'account', account_id::text, '{}')`,
        values: [digest(token), acted],
      })
    },

    /** Deletes what is over. @returns whether there may be more */
    async sweep(limit: number): Promise<boolean> {
      const { rowCount: sessions } = await database.query({
        name: 'sweep-sessions',
        text: `delete from sessions where id in (
                 select id from sessions where expires_at < now() limit $1 for update skip locked)`,
        values: [limit],
      })
      const { rowCount: tokens } = await database.query({
        name: 'sweep-refresh-tokens',
        text: `delete from refresh_tokens where hash in (
                 select hash from refresh_tokens where expires_at < now() limit $1 for update skip locked)`,
        values: [limit],
      })
      return sessions === limit || tokens === limit
    },
  }
}

// The session is locked first: who ends it waits for the token that is being made, and takes it along. Of two who bring the same
// token the second finds it used.
const rotateToken = `
  with session as (
    select sessions.id, account_id from sessions join refresh_tokens on session_id = sessions.id
    where hash = $1 and used_at is null and refresh_tokens.expires_at > now() for update of sessions),
  used as (
    update refresh_tokens set used_at = now() from session where hash = $1 and used_at is null returning session_id, account_id),
  made as (
    insert into refresh_tokens (hash, session_id, expires_at) select $2, session_id, now() + ${lifetime} from used),
  prolonged as (
    update sessions set expires_at = now() + ${lifetime} where id in (select session_id from used))
  select accounts.id, email, name, role from used join accounts on accounts.id = account_id`

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
