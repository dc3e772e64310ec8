import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'

/** A trail that is kept, and takes down no refusals. */
export const keptTrail: AuditTrail = { check() {}, refusals: { note() {} } }
