/** What Prometheus has been told, in promtool's notation: a value a quarter of a minute, `2x3` is one and three more, `0+5x3` grows. */
type Series = Record<string, string>

export type AlertCase = {
  alert: string
  /** When it is looked whether it fires. */
  at: string
  fires?: Series
  /** Near to it, and yet nothing to worry about. */
  quiet?: Series
  /** Between two values. */
  every?: '10m'
}

const of = (service: string) => `service="${service}"`
const requests = (status: number) =>
  `http_request_duration_seconds_count{${of('order-api')}, route="/api/orders", status="${status}"}`
const bucket = (le: string) => `http_request_duration_seconds_bucket{${of('order-api')}, le="${le}"}`
const drops = (labels: string) => `policy_dropped_packets_total{${labels}}`
const orders = (status: string) => `orders{${of('order-api')}, status="${status}"}`

export const alertCases: AlertCase[] = [
  { alert: 'Watchdog', at: '1m', fires: {} },
  {
    ...{ alert: 'TargetMissing', at: '4m' },
    fires: { [`up{job="textfiles", ${of('textfile-exporter')}}`]: '0x20' },
    quiet: {
      [`up{job="textfiles", ${of('textfile-exporter')}}`]: '1x12 0x8',
      [`up{job="services", ${of('order-api')}}`]: '0x20',
    },
  },
  {
    ...{ alert: 'MetricsIncomplete', at: '8m' },
    fires: { [`metrics_collection_errors_total{${of('order-api')}}`]: '0+1x40' },
    quiet: {
      [`metrics_collection_errors_total{${of('order-api')}}`]: '0+1x20 20x20',
      node_textfile_scrape_error: '0x40',
    },
  },
  { alert: 'MetricsIncomplete', at: '8m', fires: { node_textfile_scrape_error: '0x9 1x30' } },
  {
    ...{ alert: 'RulesFail', at: '4m' },
    fires: { 'prometheus_rule_evaluation_failures_total{rule_group="services"}': '0x9 1x10' },
    quiet: { 'prometheus_rule_evaluation_failures_total{rule_group="services"}': '3x20' },
  },
  {
    ...{ alert: 'AlertsNotDelivered', at: '4m' },
    fires: { [`alertmanager_notifications_failed_total{${of('alertmanager')}, integration="webhook"}`]: '0x9 1x10' },
    quiet: { [`alertmanager_notifications_failed_total{${of('alertmanager')}, integration="webhook"}`]: '3x20' },
  },
  {
    ...{ alert: 'ServiceDown', at: '4m' },
    fires: { [`up{job="services", ${of('order-api')}}`]: '1x9 0x10' },
    quiet: { [`up{job="services", ${of('order-api')}}`]: '1x9 0 1x10' },
  },
  {
    ...{ alert: 'ErrorRate', at: '8m' },
    fires: { [requests(200)]: '0+10x40', [requests(503)]: '0+1x40' },
    quiet: { [requests(200)]: '0+100x40', [requests(503)]: '0+1x40' },
  },
  // Of little traffic a large part, and still few; and those are no failures of ours.
  { alert: 'ErrorRate', at: '8m', quiet: { [requests(200)]: '0+1x40', [requests(503)]: '0x25 3x15' } },
  { alert: 'ErrorRate', at: '8m', quiet: { [requests(200)]: '0+1x40', [requests(429)]: '0+9x40' } },
  {
    ...{ alert: 'LatencyP99', at: '14m' },
    fires: { [bucket('1')]: '0+90x60', [bucket('2.5')]: '0+100x60', [bucket('+Inf')]: '0+100x60' },
    quiet: { [bucket('1')]: '0+995x60', [bucket('2.5')]: '0+1000x60', [bucket('+Inf')]: '0+1000x60' },
  },
  {
    ...{ alert: 'EventLoopLag', at: '8m' },
    fires: { [`nodejs_eventloop_lag_p99_seconds{${of('order-api')}}`]: '0.3x40' },
    quiet: { [`nodejs_eventloop_lag_p99_seconds{${of('order-api')}}`]: '0.01x30 3x2 0.01x10' },
  },
  {
    ...{ alert: 'PoolExhausted', at: '4m' },
    fires: { [`database_pool_waiting{${of('order-api')}}`]: '5x20' },
    quiet: { [`database_pool_waiting{${of('order-api')}}`]: '0x13 200x2 0x5' },
  },
  {
    ...{ alert: 'LoginFailures', at: '4m' },
    fires: { [`login_failures_total{${of('order-api')}}`]: '0+5x20' },
    quiet: { [`login_failures_total{${of('order-api')}}`]: '1000+2x20' },
  },
  {
    ...{ alert: 'CertificateRunsOut', at: '8m' },
    fires: { [`identity_not_after_timestamp_seconds{${of('order-api')}}`]: '600000x40' },
    quiet: { [`identity_not_after_timestamp_seconds{${of('order-api')}}`]: '610000x40' },
  },
  {
    ...{ alert: 'CheckoutStuck', at: '8m' },
    fires: { [`order_outbox_oldest_seconds{${of('order-api')}}`]: '0+15x40' },
    quiet: { [`order_outbox_oldest_seconds{${of('order-api')}}`]: '0+15x18 0+15x20' },
  },
  {
    ...{ alert: 'CheckoutStuck', at: '8m' },
    fires: { [`payment_notices_oldest_seconds{${of('payment-api')}}`]: '0+15x40' },
    quiet: { [`payment_notices_oldest_seconds{${of('payment-api')}}`]: '290x40' },
  },
  {
    ...{ alert: 'OrdersUnfinished', at: '50m' },
    fires: { [orders('reserved')]: '3x240', [orders('fulfilled')]: '90x240' },
    quiet: { [orders('reserved')]: '3x240', [orders('fulfilled')]: '90x100 91x140' },
  },
  {
    alert: 'OrdersUnfinished',
    at: '50m',
    quiet: { [orders('pending')]: '3x100 0x8 3x132', [orders('paid')]: '9x240' },
  },
  {
    ...{ alert: 'LedgerImbalance', at: '4m' },
    fires: { [`ledger_imbalance_cents{${of('payment-api')}}`]: '0x9 -1x10' },
    quiet: { [`ledger_imbalance_cents{${of('payment-api')}}`]: '0x20' },
  },
  {
    ...{ alert: 'NginxDown', at: '4m' },
    fires: { [`nginx_up{${of('nginx')}}`]: '1x9 0x10' },
    quiet: { [`nginx_up{${of('nginx')}}`]: '1x9 0 1x10' },
  },
  { alert: 'NginxDown', at: '4m', fires: { [`up{job="nginx", ${of('nginx')}}`]: '1x9 0x10' } },
  {
    ...{ alert: 'DatabaseDown', at: '4m' },
    fires: { [`pg_up{${of('order-db')}}`]: '1x9 0x10' },
    quiet: { [`pg_up{${of('order-db')}}`]: '1x9 0 1x10' },
  },
  { alert: 'DatabaseDown', at: '4m', fires: { [`up{job="postgres", ${of('order-db')}}`]: '1x9 0x10' } },
  {
    ...{ alert: 'DatabaseConnections', at: '4m' },
    fires: {
      [`pg_stat_database_numbackends{${of('order-db')}, datname="orders"}`]: '32x20',
      [`pg_stat_database_numbackends{${of('order-db')}, datname="postgres"}`]: '1x20',
      [`pg_settings_max_connections{${of('order-db')}, server="order-db:5432"}`]: '40x20',
    },
    quiet: {
      [`pg_stat_database_numbackends{${of('order-db')}, datname="orders"}`]: '31x20',
      [`pg_settings_max_connections{${of('order-db')}, server="order-db:5432"}`]: '40x20',
    },
  },
  {
    ...{ alert: 'PolicyDrops', at: '4m' },
    fires: { [drops('class="cell", from="product-api", to="order-api"')]: '0x9 1x10' },
    // The host's own noise, somebody in quarantine, and what was dropped long ago.
    quiet: {
      [drops('class="ipv6"')]: '0+9x20',
      [drops('class="quarantined"')]: '0+9x20',
      [drops('class="cell", from="product-api", to="order-api"')]: '7x20',
    },
  },
  { alert: 'PolicyDrops', at: '4m', fires: { [drops('class="internet"')]: '0x9 1x10' } },
  {
    ...{ alert: 'PolicyNotInPlace', at: '4m' },
    fires: { policy_rules_in_place: '1x9 0x10', policy_last_look_timestamp_seconds: '0+15x20' },
    quiet: { policy_rules_in_place: '1x20', policy_last_look_timestamp_seconds: '0+15x20' },
  },
  {
    ...{ alert: 'PolicyNotInPlace', at: '4m' },
    fires: { policy_rules_in_place: '1x20', policy_last_look_timestamp_seconds: '0+15x4 60x15' },
  },
  { alert: 'PolicyNotInPlace', at: '4m', fires: {} },
  {
    ...{ alert: 'PolicyIncident', at: '4m' },
    fires: { policy_incidents_total: '0x9 1x10' },
    quiet: { policy_incidents_total: '1x20' },
  },
  {
    ...{ alert: 'Drift', at: '4m' },
    fires: { 'drift_deviations{kind="process"}': '0x9 1x10' },
    quiet: { 'drift_deviations{kind="process"}': '0x20' },
  },
  {
    ...{ alert: 'DriftNotWatched', at: '25m' },
    fires: { drift_last_look_timestamp_seconds: '0x100' },
    quiet: { drift_last_look_timestamp_seconds: '0+15x100' },
  },
  { alert: 'DriftNotWatched', at: '11m', fires: {} },
  {
    ...{ alert: 'BackupTooOld', at: '27h', every: '10m' },
    fires: { backup_last_success_timestamp_seconds: '0x170' },
    quiet: { backup_last_success_timestamp_seconds: '0x100 60000x70' },
  },
  {
    ...{ alert: 'BackupNone', at: '27h', every: '10m' },
    fires: {},
    quiet: { backup_last_success_timestamp_seconds: '0x170' },
  },
]
