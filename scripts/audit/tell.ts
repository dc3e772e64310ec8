import type { AuditEntry } from '../../services/kit/src/audit-entry.ts'

type Teller = (entry: AuditEntry) => string

const euros = (cents: unknown) => `${(Number(cents) / 100).toFixed(2)} €`
const because = ({ details: { reason } }: AuditEntry) =>
  typeof reason === 'string' ? `: ${reason.replaceAll('_', ' ')}` : ''
const amount = ({ details }: AuditEntry) => `${(Number(details.amount_cents) / 100).toFixed(2)} ${details.currency}`
const goods = ({ details }: AuditEntry) =>
  ((details.items ?? []) as { product_id: number; quantity: number }[])
    .map(({ product_id, quantity }) => `${quantity} of product ${product_id}`)
    .join(', ')

function changes({ details }: AuditEntry): string {
  const told = Object.entries(details).map(([name, value]) => {
    const [before, after] = value as [string | null, string | null]
    return name === 'price_cents'
      ? `price from ${euros(before)} to ${euros(after)}`
      : `${name} from ${before ?? 'none'} to ${after ?? 'none'}`
  })
  return told.join(', ') || 'nothing'
}

const tellers: Record<string, Teller> = {
  'order.placed': ({ subject_id }) => `placed order ${subject_id}`,
  'order.reserved': ({ subject_id, details }) => `has the goods of order ${subject_id}, ${euros(details.total_cents)}`,
  'order.paid': ({ subject_id }) => `counts order ${subject_id} as paid`,
  'order.fulfilled': ({ subject_id }) => `counts order ${subject_id} as fulfilled: its goods are sold`,
  'order.rejected': (entry) => `rejected order ${entry.subject_id}${because(entry)}`,
  'order.cancelled': (entry) => `cancelled order ${entry.subject_id}${because(entry)}`,
  'order.refund_requested': ({ subject_id }) => `wants order ${subject_id} refunded`,
  'order.refunded': (entry) => `counts order ${entry.subject_id} as refunded${because(entry)}`,
  'stock.held': (entry) => `set aside ${goods(entry)}`,
  'stock.confirmed': (entry) => `sold ${goods(entry)}`,
  'stock.released': (entry) => `took back ${goods(entry) || 'nothing, because nothing was set aside'}`,
  'stock.refused': (entry) => `set nothing aside${because(entry)}`,
  'payment.intended': (entry) => `is about to charge ${amount(entry)}`,
  'payment.captured': (entry) => `captured ${amount(entry)}`,
  'payment.declined': (entry) => `was declined ${amount(entry)}${because(entry)}`,
  'payment.voided': (entry) => `will never charge ${amount(entry)}`,
  'payment.refund_requested': (entry) => `is about to refund ${amount(entry)}`,
  'payment.refunded': (entry) => `refunded ${amount(entry)}`,
  'product.added': ({ subject_id, details: { name, price_cents, stock } }) =>
    `added product ${subject_id}, ${name}, ${euros(price_cents)}, ${stock} in stock`,
  'product.changed': (entry) => `changed product ${entry.subject_id}: ${changes(entry)}`,
  'product.deleted': ({ subject_id, details }) => `took product ${subject_id}, ${details.name}, off sale`,
  'product.erased': ({ subject_id, details }) => `erased product ${subject_id}, ${details.name}`,
  'catalogue.loaded': ({ details }) => `loaded ${details.products} products`,
  'catalogue.unloaded': ({ details }) => `took away ${details.products} products`,
  'account.registered': ({ subject_id }) => `registered account ${subject_id}`,
  'account.role_changed': ({ subject_id, details }) => {
    const [before, after] = details.role as [string, string]
    return `made account ${subject_id} ${after}, which was ${before}`
  },
  'account.removed': ({ subject_id }) => `removed account ${subject_id}`,
  'session.opened': ({ subject_id, result }) =>
    result === 'done' ? 'signed in' : `failed to sign in to account ${subject_id}`,
  'session.ended': ({ subject_id }) => `signed out account ${subject_id}`,
  'session.ended_as_copied': ({ subject_id }) =>
    `showed a refresh token of account ${subject_id} for the second time: its session is ended`,
  'caller.refused': ({ subject_id, details: { count, status } }) =>
    `was refused ${count} times on ${subject_id}, with ${status}`,
  'secret.made': ({ subject_id }) => `made the secret ${subject_id}`,
  'secret.offered': ({ subject_id }) => `let both be taken, the ${subject_id} in use and the next`,
  'secret.revoked': ({ subject_id }) => `revoked all ${subject_id} but those in use`,
  'secret.rotated': ({ subject_id }) => `rotated the secret ${subject_id}`,
  'trail.accepted': ({ subject_id, details: { seq, reason } }) =>
    `accepted the trail of ${subject_id} as it stands at seal ${seq}: ${reason}`,
  'service.quarantined': ({ subject_id }) => `cut ${subject_id} off from everybody`,
  'service.released': ({ subject_id }) => `let ${subject_id} take part again`,
  'backup.made': ({ subject_id }) => `made the backup ${subject_id}`,
  'backup.restored': ({ subject_id, details: { taken_at } }) =>
    `restored the backup ${subject_id}: the state of ${taken_at}`,
  'backup.undone': ({ subject_id }) => `undid the restore of ${subject_id}: the state before it`,
  'backup.kept': ({ subject_id }) => `left all as it was, having begun to bring back ${subject_id}`,
  'policy.incident': ({ details: { reason } }) => `found that ${reason}, and put the rules back`,
}

/** One line: when, who, from where, what. */
export function tell(entry: AuditEntry): string {
  const { at, actor, role, address, action, subject, subject_id, request_id } = entry
  const who = actor === role || role === 'service' || role === 'unknown' ? actor : `${role} ${actor}`
  const where = address ? ` from ${address}` : ''
  const told = tellers[action]?.(entry) ?? `${action} ${subject} ${subject_id}`
  const request = request_id ? `  (request ${request_id})` : ''
  return `${at.slice(0, 19).replace('T', ' ')}  ${who}${where} ${told}${request}`
}
