#!/usr/bin/env bash
# Runs one of the programs that watch the shop, its log turned into JSON lines like every other.
# Usage: entrypoint prometheus|alertmanager|nginx-exporter|textfile-exporter|postgres-exporter
set -euo pipefail

SERVICE=${1:-}
LOG_JSON=/usr/local/lib/log-json.awk

refuse() {
  echo "$SERVICE cannot start: $1" >&2
  exit 1
}

# write_log: from here on what is written goes through the pipe.
write_log() {
  mkfifo -m 0600 /tmp/log
  awk -W interactive -v service="$SERVICE" -f "$LOG_JSON" </tmp/log &
  exec >/tmp/log 2>&1
}

# run COMMAND…: in the place of this shell.
run() {
  write_log
  exec "$@"
}

start_prometheus() {
  [[ $PROMETHEUS_INTERVAL =~ ^[1-9][0-9]*s$ ]] || refuse "expected PROMETHEUS_INTERVAL to be seconds such as 15s but found $PROMETHEUS_INTERVAL"
  sed "s/@INTERVAL@/$PROMETHEUS_INTERVAL/" /etc/prometheus/prometheus.yml >/tmp/prometheus.yml
  run prometheus --config.file=/tmp/prometheus.yml --storage.tsdb.path=/var/lib/prometheus \
    --storage.tsdb.retention.time="$PROMETHEUS_RETENTION_TIME" --storage.tsdb.retention.size="$PROMETHEUS_RETENTION_SIZE" \
    --web.listen-address=0.0.0.0:9090 --web.external-url="$PROMETHEUS_URL"
}

start_alertmanager() {
  local url receiver=nobody
  url=$(cat "$ALERT_WEBHOOK_URL_FILE") || refuse "ALERT_WEBHOOK_URL_FILE $ALERT_WEBHOOK_URL_FILE: no such file, or not readable by uid $(id -u)"
  if [ "$url" != none ]; then
    [[ $url =~ ^https?://[^[:space:]]+$ ]] || refuse "expected $ALERT_WEBHOOK_URL_FILE to hold an address that begins with https:// or http://, or none"
    receiver=webhook
  fi
  sed "s/@RECEIVER@/$receiver/" /etc/prometheus/alertmanager.yml >/tmp/alertmanager.yml
  run prometheus-alertmanager --config.file=/tmp/alertmanager.yml --storage.path=/var/lib/alertmanager \
    --cluster.listen-address= --web.listen-address=0.0.0.0:9093 --web.external-url="$ALERTMANAGER_URL"
}

# watch_database DATABASE PORT: database and password have the service's name, such as "product".
watch_database() {
  local identity=$IDENTITY_FOLDER/identity.pem
  local tls="sslmode=verify-full&sslrootcert=$IDENTITY_FOLDER/authority.pem&sslcert=$identity&sslkey=$identity"
  DATA_SOURCE_URI="$1-db:5432/$1s?connect_timeout=3&$tls" DATA_SOURCE_USER=monitor \
    DATA_SOURCE_PASS_FILE="/run/secrets/$1_monitor_password" \
    exec prometheus-postgres-exporter --web.listen-address="0.0.0.0:$2"
}

# When one process ends, so does the container, and Docker starts it again.
start_postgres_exporter() {
  # shellcheck source=scripts/images/identity.sh
  . /usr/local/lib/identity.sh
  # shellcheck source=monitoring/identity.sh
  . /usr/local/lib/client-identity.sh
  local name
  for name in product order payment; do
    [ -s "/run/secrets/${name}_monitor_password" ] || refuse "/run/secrets/${name}_monitor_password: no such file, or empty"
  done
  check_identity || refuse "$fault"
  watch_identity &
  write_log
  watch_database product 9187 &
  watch_database order 9188 &
  watch_database payment 9189 &
  wait -n
  exit 1
}

case $SERVICE in
prometheus) start_prometheus ;;
alertmanager) start_alertmanager ;;
nginx-exporter) run prometheus-nginx-exporter --nginx.scrape-uri=http://nginx:8082/status --web.listen-address=0.0.0.0:9113 ;;
textfile-exporter)
  run prometheus-node-exporter --collector.disable-defaults --collector.textfile --collector.textfile.directory=/var/lib/metrics \
    --web.listen-address=0.0.0.0:9100
  ;;
postgres-exporter) start_postgres_exporter ;;
*) refuse 'expected prometheus, alertmanager, nginx-exporter, textfile-exporter or postgres-exporter' ;;
esac
