type Panel = {
  title: string
  /** Grafana's word for it. */
  unit: string
  /** What is asked, by how its series are called. */
  queries: Record<string, string>
  kind?: 'timeseries' | 'stat'
}

const ofService = 'service=~"$service"'
const rate = (metric: string, labels = ofService) => `rate(${metric}{${labels}}[$__rate_interval])`
const percentile = (part: number, metric: string, by: string) =>
  `histogram_quantile(${part}, sum by (${by}, le) (${rate(`${metric}_bucket`)}))`

/** From what customers notice down to what explains it. */
export const panelRows: { title: string; panels: Panel[] }[] = [
  {
    title: 'Now',
    panels: [
      {
        ...{ title: 'Services that answer', unit: 'none', kind: 'stat' },
        queries: { services: 'sum(up{job="services"})' },
      },
      {
        ...{ title: 'Alerts', unit: 'none', kind: 'stat' },
        queries: { firing: 'count(ALERTS{alertstate="firing", severity!="none"}) or vector(0)' },
      },
      {
        ...{ title: 'Dropped in the last hour', unit: 'none', kind: 'stat' },
        queries: { packets: 'sum(increase(policy_dropped_packets_total[1h]))' },
      },
      { ...{ title: 'Drift', unit: 'none', kind: 'stat' }, queries: { deviations: 'sum(drift_deviations)' } },
    ],
  },
  {
    title: 'Requests',
    panels: [
      {
        ...{ title: 'Requests', unit: 'reqps' },
        queries: { '{{service}}': `sum by (service) (${rate('http_request_duration_seconds_count')})` },
      },
      {
        ...{ title: 'Failed (5xx)', unit: 'percentunit' },
        queries: {
          '{{service}}': `sum by (service) (${rate('http_request_duration_seconds_count', `${ofService}, status=~"5.."`)}) / sum by (service) (${rate('http_request_duration_seconds_count')}) or 0 * sum by (service) (${rate('http_request_duration_seconds_count')})`,
        },
      },
      {
        ...{ title: 'Duration', unit: 's' },
        queries: {
          '{{service}} p50': percentile(0.5, 'http_request_duration_seconds', 'service'),
          '{{service}} p99': percentile(0.99, 'http_request_duration_seconds', 'service'),
        },
      },
      {
        ...{ title: 'In hand', unit: 'none' },
        queries: { '{{service}}': `sum by (service) (http_requests_in_flight{${ofService}})` },
      },
      {
        ...{ title: 'Slowest routes, p99', unit: 's' },
        queries: {
          '{{service}} {{route}}': `topk(8, ${percentile(0.99, 'http_request_duration_seconds', 'service, route')} > 0)`,
        },
      },
      {
        ...{ title: 'Turned away', unit: 'reqps' },
        queries: {
          '{{service}} overload': `sum by (service) (${rate('http_requests_shed_total')})`,
          '{{service}} limits': `sum by (service) (${rate('http_requests_limited_total')})`,
        },
      },
      {
        ...{ title: 'Calls between services, p99', unit: 's' },
        queries: {
          '{{service}} to {{target}}': percentile(0.99, 'upstream_request_duration_seconds', 'service, target'),
        },
      },
      {
        ...{ title: 'Connections to nginx', unit: 'none' },
        queries: {
          open: 'nginx_connections_active',
          waiting: 'nginx_connections_waiting',
          writing: 'nginx_connections_writing',
        },
      },
    ],
  },
  {
    title: 'Checkout',
    panels: [
      { ...{ title: 'Orders', unit: 'none' }, queries: { '{{status}}': 'sum by (status) (orders)' } },
      { ...{ title: 'Payments', unit: 'none' }, queries: { '{{status}}': 'sum by (status) (payments)' } },
      {
        ...{ title: 'Oldest message that has to be told', unit: 's' },
        queries: { orders: 'order_outbox_oldest_seconds', payments: 'payment_notices_oldest_seconds' },
      },
      {
        ...{ title: 'Messages waiting', unit: 'none' },
        queries: { orders: 'order_outbox_waiting', payments: 'payment_notices_waiting' },
      },
      {
        ...{ title: 'Stock set aside', unit: 'none' },
        queries: { '{{status}}': 'sum by (status) (stock_reservations)' },
      },
      { ...{ title: 'Ledger, off by cents', unit: 'none' }, queries: { cents: 'ledger_imbalance_cents' } },
      {
        ...{ title: 'Wrong passwords', unit: 'none' },
        queries: { 'in 5 minutes': 'sum(increase(login_failures_total[5m]))' },
      },
      {
        ...{ title: 'Audit entries', unit: 'none' },
        queries: { '{{service}}': `sum by (service) (${rate('audit_entries_total')})` },
      },
    ],
  },
  {
    title: 'Processes',
    panels: [
      {
        ...{ title: 'Processor', unit: 'percentunit' },
        queries: { '{{service}}': `sum by (service) (${rate('process_cpu_seconds_total')})` },
      },
      {
        ...{ title: 'Memory', unit: 'bytes' },
        queries: { '{{service}}': `sum by (service) (process_resident_memory_bytes{${ofService}})` },
      },
      {
        ...{ title: 'Event loop, p99', unit: 's' },
        queries: { '{{service}}': `max by (service) (nodejs_eventloop_lag_p99_seconds{${ofService}})` },
      },
      {
        ...{ title: 'Garbage collection', unit: 'percentunit' },
        queries: { '{{service}}': `sum by (service) (${rate('nodejs_gc_duration_seconds_sum')})` },
      },
    ],
  },
  {
    title: 'Databases',
    panels: [
      {
        ...{ title: 'Connections of the pools', unit: 'none' },
        queries: {
          '{{service}} {{state}}': `sum by (service, state) (database_pool_connections{${ofService}})`,
          '{{service}} waiting': `sum by (service) (database_pool_waiting{${ofService}})`,
        },
      },
      {
        ...{ title: 'Connections of those allowed', unit: 'percentunit' },
        queries: {
          '{{service}}':
            'sum by (service) (pg_stat_database_numbackends) / max by (service) (pg_settings_max_connections)',
        },
      },
      {
        ...{ title: 'Transactions', unit: 'ops' },
        queries: { '{{service}}': 'sum by (service) (rate(pg_stat_database_xact_commit[$__rate_interval]))' },
      },
      {
        ...{ title: 'Size', unit: 'bytes' },
        queries: { '{{service}}': 'max by (service) (pg_database_size_bytes{datname=~"products|orders|payments"})' },
      },
    ],
  },
  {
    title: 'Protection',
    panels: [
      {
        ...{ title: 'Dropped packets', unit: 'none' },
        queries: {
          '{{class}} {{from}} {{to}}':
            'topk(10, sum by (class, from, to) (increase(policy_dropped_packets_total[5m])))',
        },
      },
      {
        ...{ title: 'Rules in place, incidents', unit: 'none' },
        queries: { 'in place': 'policy_rules_in_place', incidents: 'policy_incidents_total' },
      },
      {
        ...{ title: 'Certificates run out in', unit: 's' },
        queries: { '{{service}}': 'min by (service) (identity_not_after_timestamp_seconds) - time()' },
      },
      {
        ...{ title: 'Age of the last backup', unit: 's' },
        queries: { backup: 'time() - backup_last_success_timestamp_seconds' },
      },
    ],
  },
]
