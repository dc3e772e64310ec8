#!/usr/bin/env bash
# Makes a database as it was at a moment, out of its archive. Runs in a container of its own, without a network, and ends with whoever
# holds its standard input. See scripts/recovery/recovered.ts.
# Usage: recover BACKUP MOMENT
set -euo pipefail

# shellcheck source=database/archive.sh
. /usr/local/lib/archive.sh

configure_archive
mkdir -p "${PGDATA%/*}" && mkdir -m 0700 "$PGDATA"
# It goes on from there by itself: paused it would hold the locks of transactions that came to nothing, and a dump would wait for ever.
pgbackrest restore --set "$1" --type time --target "$2" --target-action promote --log-level-console detail
echo 'local all all peer map=container' >/run/postgresql/pg_hba.conf

exec 3<&0
postgres -c config_file=/database/postgresql.conf -c listen_addresses= -c ssl=off -c hot_standby=off 3<&- &
cat <&3 >/dev/null &
wait -n
