#!/bin/sh
# Runs nginx with the resolver of this stack, and its error log, which is plain text, turned into JSON lines.
set -eu

case ${STRIPE_RESOLVER:-} in
'' | *[!0-9.]*)
  echo "stripe-egress cannot start: expected STRIPE_RESOLVER to be an IPv4 address but found \"${STRIPE_RESOLVER:-}\"." >&2
  exit 1
  ;;
esac
echo "resolver $STRIPE_RESOLVER ipv6=off;" >/tmp/resolver.conf

mkfifo -m 0600 /tmp/error.log
awk -W interactive -v service=stripe-egress -f /etc/nginx/log-json.awk </tmp/error.log &
exec nginx -g 'daemon off;' 2>/tmp/error.log
