/** What each caller of an operation is answered. Everybody who may do it is answered alike. */
export type Expectation = {
  /** Without credentials, AUTH_MODE=enforced. */
  none: number
  /** Whose order it is. */
  customer: number
  anotherCustomer: number
  staff: number
  admin: number
  /** Without credentials, AUTH_MODE=demo. */
  demo: number
}

const everybody = (status: number): Expectation => ({
  ...{ none: status, customer: status, anotherCustomer: status, staff: status, admin: status, demo: status },
})
const keepers = (status: number): Expectation => ({
  ...{ none: 401, customer: 403, anotherCustomer: 403, staff: status, admin: status, demo: status },
})
const signedIn = (status: number): Expectation => ({ ...everybody(status), none: 401 })

/** Every operation of the public API, by the name that its description gives it. */
export const expectations: Record<string, Expectation> = {
  listProducts: everybody(200),
  createProduct: keepers(201),
  readProduct: everybody(200),
  changeProduct: keepers(200),
  deleteProduct: keepers(204),
  listOrders: signedIn(200),
  placeOrder: everybody(201),
  // To who may not see an order there is none.
  readOrder: { none: 404, customer: 200, anotherCustomer: 404, staff: 200, admin: 200, demo: 200 },
  // Accepted: no worker runs here that would confirm its goods first.
  refundOrder: keepers(202),
  register: everybody(201),
  login: everybody(200),
  refresh: everybody(200),
  logout: everybody(204),
  readMe: signedIn(200),
}
