#!/usr/bin/env bash
# Brings back what scripts/backup.sh wrote, or with POINT_IN_TIME=on any moment since its first base backup, into a shop that runs or one
# that npm start has just made. Asks first, takes no orders meanwhile, and keeps what it replaces. Whenever it is interrupted, the state
# before is in place, or the next run completes it.
# Usage: scripts/restore.sh FILE [--yes]           refuses what is damaged, of another shop, or newer than this checkout
#        scripts/restore.sh --to MOMENT [--yes]    such as '2026-11-22 10:15:00+00'; also what the archive does not reach
#        scripts/restore.sh --undo [--yes]         swaps with what the last restore replaced
set -euo pipefail
for word in "$@"; do
  if [ -f "$word" ]; then word=$(realpath -- "$word"); fi
  words+=("$word")
done
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/backup/take-turn.sh
. scripts/backup/take-turn.sh
# shellcheck source=scripts/start/take-turn.sh
. scripts/start/take-turn.sh

take_backup_turn
take_turn scripts/restore.sh
exec scripts/with-packages.sh node scripts/restore.ts ${words[@]+"${words[@]}"}
