import type { Role } from '@secure-ecommerce/kit/caller'
import type { Database } from '@secure-ecommerce/kit/database'

export type AccountStore = ReturnType<typeof accountStore>

export type Account = { id: string; email: string; name: string; role: Role }

type NewAccount = { email: string; name: string; passwordHash: string }

export function accountStore(database: Database) {
  return {
    /** @returns undefined when somebody has this e-mail */
    async create({ email, name, passwordHash }: NewAccount): Promise<Account | undefined> {
      const { rows } = await database.query<Account>({
        name: 'create-account',
        text: `insert into accounts (email, name, password_hash) values ($1, $2, $3)
               on conflict (lower(email)) do nothing returning id, email, name, role`,
        values: [email, name, passwordHash],
      })
      return rows[0]
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

    async setPasswordHash(id: string, passwordHash: string): Promise<void> {
      await database.query({
        name: 'set-password-hash',
        text: 'update accounts set password_hash = $2 where id = $1',
        values: [id, passwordHash],
      })
    },
  }
}
