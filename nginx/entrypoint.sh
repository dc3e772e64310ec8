#!/bin/sh
# Runs nginx with its error log, which is plain text, turned into JSON lines like every other.
set -eu

# The services refuse this as well; but this is the container that opens the port.
if [ "${AUTH_MODE:-demo}" != enforced ]; then
  case ${BIND_ADDRESS:-127.0.0.1} in
  127.*) ;;
  *)
    echo "nginx cannot start: AUTH_MODE=demo lets everybody in as admin, and BIND_ADDRESS=$BIND_ADDRESS is not a loopback address." >&2
    echo '  Set BIND_ADDRESS=127.0.0.1, or AUTH_MODE=enforced.' >&2
    exit 1
    ;;
  esac
fi

# nginx itself reads it only when it calls somebody.
[ -r /run/secrets/nginx_identity/identity.pem ] || {
  echo 'nginx cannot start: /run/secrets/nginx_identity/identity.pem is not there, or not readable' >&2
  exit 1
}

# What is wrong with the configuration is written out whole before this ends; later there is nobody who would wait for that.
if ! problem=$(nginx -t -q 2>&1); then
  printf '%s\n' "$problem" | awk -W interactive -v service=nginx -f /etc/nginx/log-json.awk
  exit 1
fi

mkfifo -m 0600 /tmp/error.log
awk -W interactive -v service=nginx -f /etc/nginx/log-json.awk </tmp/error.log &
exec nginx -g 'daemon off;' 2>/tmp/error.log
