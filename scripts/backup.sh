#!/usr/bin/env bash
# Writes one encrypted file with everything in the three databases, while the shop runs; scripts/restore.sh brings it back. What it
# means for the three to be one state is in scripts/backup/snapshots.ts.
# Usage: scripts/backup.sh        BACKUP_DIR=./backups is the folder; BACKUP_KEEP and BACKUP_KEEP_DAYS say how many stay, for how long
#        scripts/backup.sh --base [--full]    with POINT_IN_TIME=on: a base backup of each database in its archive, from which restore.sh
#                                             --to begins; one that differs from the last full one, unless that is POINT_IN_TIME_DAYS old
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/backup/take-turn.sh
. scripts/backup/take-turn.sh

umask 077
take_backup_turn
exec scripts/with-packages.sh node scripts/backup.ts "$@"
