/** Who writes down what happened to the packet filter, in a file. */
export const policy = { writer: 'network-policy', key: 'policy_audit_key' } as const

/**
 * Who keeps a trail in a database: the service and where it is. Its key is the secret `<domain>_audit_key`, that of its
 * database's archive `<domain>_archive_key`.
 */
export const writers = [
  {
    ...{ writer: 'product-api', container: 'product-db', database: 'products' },
    ...{ key: 'product_audit_key', archiveKey: 'product_archive_key' },
  },
  {
    ...{ writer: 'order-api', container: 'order-db', database: 'orders' },
    ...{ key: 'order_audit_key', archiveKey: 'order_archive_key' },
  },
  {
    ...{ writer: 'payment-api', container: 'payment-db', database: 'payments' },
    ...{ key: 'payment_audit_key', archiveKey: 'payment_archive_key' },
  },
] as const

export type Writer = (typeof writers)[number]
