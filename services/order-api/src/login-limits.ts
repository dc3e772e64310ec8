import type { Database } from '@secure-ecommerce/kit/database'
import { ServiceError } from '@secure-ecommerce/kit/service-error'

export type LoginLimits = ReturnType<typeof loginLimits>

/** Where guesses come from, or whose password is guessed. */
type Kind = 'address' | 'email'

export type Attempt = { giveBack(): Promise<void> }

/** Wrong guesses of one subject within the last 15 minutes. */
const limit = 5
const memory = "interval '15 minutes'"

/** The e-mail as the database lowers it, so that no other spelling of it is another subject. */
const subject = `sha256(convert_to($1 || ' ' || lower($2), 'UTF8'))`

/**
 * Slows guessing. An attempt counts before it is made, so that of a hundred at once five are made, and is given back when it was
 * right.
 */
export function loginLimits(database: Database) {
  async function refusal(kind: Kind, value: string): Promise<ServiceError> {
    const { rows } = await database.query<{ seconds: number }>({
      name: 'login-wait',
      text: `select ceil(extract(epoch from failures[1] + ${memory} - now()))::integer as seconds
             from login_failures where subject = ${subject}`,
      values: [kind, value],
    })
    const seconds = Math.max(1, rows[0]?.seconds ?? 1)
    return new ServiceError('too_many_requests', 'Too many attempts; try again later', {
      headers: { 'retry-after': String(seconds) },
    })
  }

  async function giveBack(kind: Kind, value: string, at: string): Promise<void> {
    await database.query({
      name: 'give-back-login',
      text: `update login_failures set failures = array_remove(failures, $3::timestamptz) where subject = ${subject}`,
      values: [kind, value, at],
    })
  }

  return {
    /** Throws `too_many_requests` where there were too many wrong ones. */
    async count(kind: Kind, value: string): Promise<Attempt> {
      const { rows } = await database.query<{ at: string }>({
        name: 'count-login',
        text: countLogin,
        values: [kind, value],
      })
      const at = rows[0]?.at
      if (at === undefined) throw await refusal(kind, value)
      return { giveBack: () => giveBack(kind, value, at) }
    },

    /** Deletes what is over. @returns whether there may be more */
    async sweep(most: number): Promise<boolean> {
      const { rowCount } = await database.query({
        name: 'sweep-login-failures',
        text: `delete from login_failures where subject in (
                 select subject from login_failures where expires_at < now() limit $1 for update skip locked)`,
        values: [most],
      })
      return rowCount === most
    },
  }
}

// The time is kept and returned as text: JavaScript's has no microseconds, and it names the attempt.
const countLogin = `
  insert into login_failures as known (subject, failures, expires_at)
  values (${subject}, array[clock_timestamp()], now() + ${memory})
  on conflict (subject) do update set expires_at = excluded.expires_at,
    failures = array(select at from unnest(known.failures) at where at > now() - ${memory}) || excluded.failures
    where (select count(*) from unnest(known.failures) at where at > now() - ${memory}) < ${limit}
  returning failures[cardinality(failures)]::text as at`
