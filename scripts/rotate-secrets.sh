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

folder=$(setting SECRETS_DIR ./secrets)
started=$(date +%s)

# has_loaded SERVICE FIELD DIGEST: whether the last identity that the container told of in its log is this one.
has_loaded() {
  local last
  last=$(docker compose logs --no-color --no-log-prefix --since "$started" "$1" 2>/dev/null | grep '"msg":"identity loaded"' | tail -n 1)
  [[ $last == *"\"$2\":\"$3\""* ]]
}

# wait_until_loaded FIELD: until each service that runs has what is in its folder. nginx reads its certificate for each connection.
wait_until_loaded() {
  local service digest deadline=$((SECONDS + 30))
  for service in $(docker compose ps --services --status running); do
    if [ "$service" = nginx ] || [ ! -f "$folder/ca/in-use/$service.sha256" ]; then continue; fi
    case $1 in
    identity) digest=$(cat "$folder/ca/in-use/$service.sha256") ;;
    revoked) digest=$(sha256sum <"$folder/ca/revoked.pem" | cut -d ' ' -f 1) ;;
    esac
    until has_loaded "$service" "$1" "$digest"; do
      [ "$SECONDS" -lt "$deadline" ] ||
        fail "expected $service to load its new certificates within 30 s but its log does not say so" "docker compose logs $service; what was valid before still is"
      sleep 0.2
    done
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
