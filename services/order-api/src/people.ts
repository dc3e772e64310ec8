import type { AccountStore } from './account-store.ts'
import type { LoginLimits } from './login-limits.ts'
import type { Passwords } from './password-hash.ts'
import type { SessionStore } from './session-store.ts'
import type { SigningKey } from './signing-key.ts'

/** What it takes to know somebody. */
export type People = {
  accounts: AccountStore
  sessions: SessionStore
  limits: LoginLimits
  passwords: Passwords
  signingKey: SigningKey
  /** Counts one. */
  wrongPassword: () => void
}
