import type { Acted } from '@secure-ecommerce/kit/acting'
import type { Role } from '@secure-ecommerce/kit/caller'
import type { Database } from '@secure-ecommerce/kit/database'

export type AccountStore = ReturnType<typeof accountStore>

export type Account = { id: string; email: string; name: string; role: Role }

type NewAccount = { email: string; name: string; passwordHash: string }

export function accountStore(database: Database) {
  return {
    /** @returns undefined when somebody has this e-mail */
    async create({ email, name, passwordHash }: NewAccount, acted: Acted): Promise<Account | undefined> {
      const { rows } = await database.query<Account>({
        name: 'create-account',
        text: `insert into accounts (email, name, password_hash) values ($1, $2, $3)
               on conflict (lower(email)) do nothing
               returning id, email, name, role, write_audit_entry($4, 'account.registered', 'account', id::text, '{}')`,
        values: [email, name, passwordHash, acted],
      })
      return rows[0] && toAccount(rows[0])
    },

    async find(id: string): Promise<Account | undefined> {
      const { rows } = await database.query<Account>({
        name: 'find-account',
        text: 'select id, email, name, role from accounts where id = $1',
        values: [id],
      })
      return rows[0]
    },

    async findByEmail(email: string): Promise<{ account: Account; passwordHash: string } | undefined> {
      const { rows } = await database.query<Account & { password_hash: string }>({
        name: 'find-account-by-email',
        text: 'select id, email, name, role, password_hash from accounts where lower(email) = lower($1)',
        values: [email],
      })
      if (!rows[0]) return undefined
      const { password_hash: passwordHash, ...account } = rows[0]
      return { account, passwordHash }
    },

    /** Writes down that somebody could not sign in to an account, or to one that there is not. */
    async noteWrongPassword(id: string | undefined, acted: Acted): Promise<void> {
      await database.query({
        name: 'note-wrong-password',
        text: `select write_audit_entry($1, 'session.opened', 'account', $2, '{}', 'refused')`,
        values: [acted, id ?? 'none'],
      })
    },

    async setPasswordHash(id: string, passwordHash: string): Promise<void> {
      await database.query({
        name: 'set-password-hash',
        text: 'update accounts set password_hash = $2 where id = $1',
        values: [id, passwordHash],
      })
    },
  }
}

/** Without what else a row has. */
function toAccount({ id, email, name, role }: Account): Account {
  return { id, email, name, role }
}
