#!/usr/bin/env bash
# Replaces secrets of a running shop.
# Usage: scripts/rotate-secrets.sh certs        every service's key and certificate, while everything runs: no request fails, and
#                                               the certificates before are refused afterwards. Any time; again after an interruption
#        scripts/rotate-secrets.sh token-key    the key of the access tokens, which signs nobody out. Not again within ten minutes
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh

# The shop goes first: it has handshakes to make.
renice -n 10 $$ >/dev/null 2>&1 || true

folder=$(setting SECRETS_DIR ./secrets)
started=$(date +%s)

# lacking FIELD: each service that runs and has not told in its log that it loaded what is in its folder. nginx tells nothing: it
# reads its certificate for each connection.
lacking() {
  local service digest said
  said=$(docker compose logs --no-color --no-log-prefix --since "$started" 2>/dev/null | grep '"msg":"identity loaded"') || true
  for service in $(docker compose ps --services --status running); do
    if [ "$service" = nginx ] || [ ! -f "$folder/ca/in-use/$service.sha256" ]; then continue; fi
    case $1 in
    identity) digest=$(cat "$folder/ca/in-use/$service.sha256") ;;
    revoked) digest=$(sha256sum <"$folder/ca/revoked.pem" | cut -d ' ' -f 1) ;;
    esac
    grep "\"service\":\"$service\"" <<<"$said" | grep -q "\"$1\":\"$digest\"" || echo "$service"
  done
}

wait_until_loaded() {
  local left deadline=$((SECONDS + 60))
  left=$(lacking "$1")
  while [ -n "$left" ]; do
    [ "$SECONDS" -lt "$deadline" ] ||
      fail "expected every service to load its new certificates within 60 s but these did not: ${left//$'\n'/, }" "see their logs; what was valid before still is"
    sleep 1
    left=$(lacking "$1")
  done
}

# First everybody gets another certificate; only once all use theirs are the ones before revoked.
rotate_certs() {
  scripts/create-secrets.sh new-identities
  wait_until_loaded identity
  scripts/create-secrets.sh revocations
  wait_until_loaded revoked
  say 'Every service has another certificate, and the ones before are refused'
}

# First who verifies learns both keys, then who signs uses the new one. Tokens of the old one end within ten minutes.
rotate_token_key() {
  scripts/create-secrets.sh rotate-token-key
  if [ -n "$(docker compose ps --quiet product-api order-api)" ]; then
    docker compose up --detach --wait --no-deps --force-recreate product-api
    docker compose up --detach --wait --no-deps --force-recreate order-api
  fi
  say 'New access tokens carry the new key'
}

case ${1:-} in
certs) rotate_certs ;;
token-key) rotate_token_key ;;
*) fail "expected certs or token-key but found ${1:-nothing}" 'scripts/rotate-secrets.sh certs' ;;
esac
