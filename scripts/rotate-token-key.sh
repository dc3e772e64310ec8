#!/usr/bin/env bash
# Gives the shop a new key for access tokens. Tokens of the key before stay good until they end, ten minutes at most, so nobody is
# signed out. Services are recreated in the order in which they must know: first who verifies both, then who signs with the new one.
# Usage: scripts/rotate-token-key.sh        run it again after ten minutes at the earliest; then the old key is forgotten
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh

scripts/create-secrets.sh rotate-token-key
if [ -n "$(docker compose ps --quiet product-api order-api)" ]; then
  docker compose up --detach --wait --no-deps --force-recreate product-api
  docker compose up --detach --wait --no-deps --force-recreate order-api
fi
say 'New access tokens carry the new key'
