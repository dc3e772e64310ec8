#!/usr/bin/env bash
# Stops the shop. Its data and its logs stay; npm start goes on from there.
# Usage: npm stop
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh
# shellcheck source=scripts/policy/remove-rules.sh
. scripts/policy/remove-rules.sh
# shellcheck source=scripts/start/watch-drift.sh
. scripts/start/watch-drift.sh
# shellcheck source=scripts/update/remove-copies.sh
. scripts/update/remove-copies.sh
# shellcheck source=scripts/start/take-turn.sh
. scripts/start/take-turn.sh

take_turn 'npm stop'
end_drift_watch
remove_copies
# Profiles that are off now may have been on.
COMPOSE_PROFILES='*' docker compose stop
remove_rules
