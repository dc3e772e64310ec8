#!/usr/bin/env bash
# Runs Redis with two users: the gateway, who may count, and the operator, who is this script and may have certificates read anew.
# Needs REDIS_PASSWORD_FILE, IDENTITY_FOLDER and SERVICE.
set -euo pipefail

# shellcheck source=scripts/images/identity.sh
. /usr/local/lib/identity.sh
# shellcheck source=redis/identity.sh
. /usr/local/lib/server-identity.sh

refuse() {
  echo "redis cannot start: $1" >&2
  exit 1
}

[ -r "${REDIS_PASSWORD_FILE:-}" ] || refuse "REDIS_PASSWORD_FILE ${REDIS_PASSWORD_FILE:-}: no such file, or not readable by uid $(id -u)"
[ -s "$REDIS_PASSWORD_FILE" ] || refuse "REDIS_PASSWORD_FILE $REDIS_PASSWORD_FILE is empty"
check_identity || refuse "$fault"

digest() { sha256sum | cut -d ' ' -f 1; }
operator=$(head -c 32 /dev/urandom | digest)

umask 077
# What rate-limit-redis calls, and what its scripts do.
counting='+evalsha +script|load +set +incr +decr +get +pttl +del'
cat >/tmp/users.acl <<END
user default on nopass resetkeys resetchannels -@all +ping
user gateway on #$(tr -d '\n' <"$REDIS_PASSWORD_FILE" | digest) resetkeys ~limit:* resetchannels -@all +ping $counting
user operator on #$(printf %s "$operator" | digest) resetkeys resetchannels -@all +config|set +client|kill
END

start() {
  trap - INT TERM
  exec redis-server /etc/redis/redis.conf
}

# As with the databases: this shell only waits for the log to be written out.
trap '' INT TERM
watch_identity &
start 2>&1 | awk -W interactive -v service="$SERVICE" -f /etc/redis/log-json.awk
exit "${PIPESTATUS[0]}"
