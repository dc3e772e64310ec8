# shellcheck shell=bash
# What Redis does with a new certificate, see scripts/images/identity.sh. Sourced by entrypoint.sh. Needs "operator", the password of
# the user that may have the files read anew.

# shellcheck disable=SC2034 # read there
LOG_JSON=/etc/redis/log-json.awk

server_answers() { redis-cli -s /tmp/redis.sock ping >/dev/null 2>&1; }

# as_operator COMMAND…: the password is in no argument, which others could see.
as_operator() {
  # shellcheck disable=SC2154 # entrypoint.sh has it
  printf 'AUTH operator %s\n%s\n' "$operator" "$*" | redis-cli -s /tmp/redis.sock 2>&1 | tail -n +2
}

# Redis reads the files again although their names are the same, and keeps what it has if it cannot use them.
reload_server() {
  local folder=$IDENTITY_FOLDER said
  said=$(as_operator CONFIG SET tls-ca-cert-file "$folder/authority.pem" tls-cert-file "$folder/identity.pem" tls-key-file "$folder/identity.pem")
  fault="the server does not take it: $said"
  [ "$said" = OK ]
}

# end_sessions_before TIME
end_sessions_before() { as_operator CLIENT KILL USER gateway MAXAGE $((EPOCHSECONDS - $1)) >/dev/null; }
