/** What an account may be. Staff keep the catalogue and see every order; admins may do whatever anybody may. */
export const roles = ['customer', 'staff', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who makes a request: an account, the user that the demo has built in, or a guest. */
export type Caller = {
  /** The account's, `demo` or `guest`. */
  id: string
  role: Role | 'guest'
  /** Where the request comes from, see client-address.ts. */
  address: string
}

/** Who may call an operation: everybody, whoever has an account, accounts of these roles, or other services of the shop. */
export type Access = 'anyone' | 'signed-in' | 'services' | readonly Role[]
