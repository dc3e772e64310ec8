/** SQLSTATE classes and codes that say "not now" rather than "not so": PostgreSQL 17, appendix A. */
const awayStates = [
  '08', // connection exception
  '53', // insufficient resources
  '57P', // the server is shutting down, starting or was crashed
  '57014', // statement_timeout, set by us as the longest a caller should wait
  '55P03', // lock_timeout
  '40001', // serialization failure
  '40P01', // deadlock
]

const awayErrno = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
])

/** pg raises these as plain errors without a code. */
const awayMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/** Whether the database, not the statement, is the reason of this failure, so that a retry may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) return awayMessage.test(error.message)
  return awayErrno.has(code) || (code.length === 5 && awayStates.some((state) => code.startsWith(state)))
}
