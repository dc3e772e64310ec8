#!/bin/sh
# Runs nginx with its error log, which is plain text, turned into JSON lines like every other.
set -eu

# refuse PROBLEM [NEXT]
refuse() {
  echo "nginx cannot start: $1" >&2
  [ -z "${2:-}" ] || echo "  $2" >&2
  exit 1
}

# The services refuse this as well; but this is the container that opens the port.
if [ "${AUTH_MODE:-demo}" != enforced ]; then
  case ${BIND_ADDRESS:-127.0.0.1} in
  127.*) ;;
  *) refuse "AUTH_MODE=demo lets everybody in as admin, and BIND_ADDRESS=$BIND_ADDRESS is not a loopback address." \
    'Set BIND_ADDRESS=127.0.0.1, or AUTH_MODE=enforced.' ;;
  esac
fi

# nginx itself reads them only when it calls somebody, or is called.
for file in nginx_identity/identity.pem shop_certificate/certificate.pem; do
  [ -r "/run/secrets/$file" ] || refuse "/run/secrets/$file: no such file, or not readable"
done

# What is not a name or an address would be read as configuration.
hosts=$(echo "${SHOP_HOSTS:-}" | tr '[:upper:]' '[:lower:]' | tr -s ', ' '\n' | sed '/^$/d')
strange=$(printf '%s' "$hosts" | grep -v -E '^((\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$') || true
[ -z "$strange" ] || refuse "expected SHOP_HOSTS to be names or addresses but found $strange" 'SHOP_HOSTS=shop.example, www.shop.example'

# The first is the host of a request that names none, as HTTP/1.0 may.
printf '%s\n' localhost '""' 127.0.0.1 '[::1]' "$hosts" |
  awk '!seen[$0]++ { names = names " " $0 } END { print "server_name" names ";" }' >/tmp/server-names.conf

https_port=${HTTPS_PORT:-443}
# shellcheck disable=SC2016 # nginx's variable
printf 'map $host $https_port { default "%s"; }\n' "$([ "$https_port" = 443 ] || echo ":$https_port")" >/tmp/https-port.conf

# check_number NAME VALUE
check_number() {
  case $2 in
  '' | 0* | *[!0-9]* | ??????????*) refuse "expected $1 to be a whole number from 1 up but found $2" ;;
  esac
}
# What one client may take.
check_number LIMIT_CONNECTIONS "$LIMIT_CONNECTIONS"
check_number LIMIT_REQUESTS "$LIMIT_REQUESTS"
check_number LIMIT_BURST "$LIMIT_BURST"
check_number LIMIT_BANDWIDTH "$LIMIT_BANDWIDTH"
cat >/tmp/client-limits.conf <<END
limit_conn     connections $LIMIT_CONNECTIONS;
limit_req_zone \$client_network zone=requests:4m rate=${LIMIT_REQUESTS}r/s;
limit_req      zone=requests burst=$LIMIT_BURST nodelay;
limit_rate     ${LIMIT_BANDWIDTH}k;
END

ln -s "/etc/nginx/modes/${HTTP_MODE:-both}" /tmp/mode

waf_mode=${WAF_MODE:-Off}
# For the access log.
echo "map '' \$waf_mode { default $waf_mode; }" >/tmp/waf-setting.conf
case $waf_mode in
Off) ;;
DetectionOnly | On)
  # What it finds is written by the engine whole, and made a line that may be kept. Opened both ways, the pipe outlives "nginx -t".
  mkfifo -m 0600 /tmp/waf.log
  awk -W interactive -v mode="$waf_mode" -f /etc/nginx/waf/audit-lines.awk <>/tmp/waf.log &
  ln -s /etc/nginx/waf/load /tmp/waf
  echo "modsecurity_rules 'SecRuleEngine $waf_mode';" >/tmp/waf-mode.conf
  ;;
*) refuse "expected WAF_MODE to be Off, DetectionOnly or On but found $waf_mode" ;;
esac

case ${CACHE_SECONDS:-1} in
0) ;;
[1-9] | [1-5][0-9] | 60) ln -s /etc/nginx/cache /tmp/cache ;;
*) refuse "expected CACHE_SECONDS to be a whole number from 0 to 60 but found $CACHE_SECONDS" ;;
esac

case ,${COMPOSE_PROFILES:-}, in
*,monitoring,*)
  ln -s /etc/nginx/status /tmp/status
  echo "allow $STATUS_CLIENT;" >/tmp/status-client.conf
  ;;
esac

# What is wrong with the configuration is written out whole before this ends; later there is nobody who would wait for that.
if ! problem=$(nginx -t -q 2>&1); then
  printf '%s\n' "$problem" | awk -W interactive -v service=nginx -f /etc/nginx/log-json.awk
  exit 1
fi

mkfifo -m 0600 /tmp/error.log
awk -W interactive -v service=nginx -f /etc/nginx/log-json.awk </tmp/error.log &
exec nginx -g 'daemon off;' 2>/tmp/error.log
