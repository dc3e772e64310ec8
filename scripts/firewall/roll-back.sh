#!/usr/bin/env bash
# Brings the state before back when a change of the firewall was not confirmed in time. Started by setup-firewall.sh, and on its own from
# there on; USR1 ends the waiting.
# Usage: scripts/firewall/roll-back.sh TABLE STATE SECONDS [IMAGE OF NFT]
set -euo pipefail
TABLE=$1 STATE=$2 seconds=$3 nft_image=$4
# shellcheck source=scripts/firewall/nft.sh
. "$(dirname "$0")/nft.sh"

trap '' HUP INT TERM
trap 'seconds=0' USR1
echo $$ >"$STATE/pid"

undecided() { [ -e "$STATE/pending" ] && [ "$(cat "$STATE/pid" 2>/dev/null)" = $$ ]; }

# Steps, not the clock: that may be set meanwhile.
while [ "$seconds" -gt 0 ] && undecided; do
  echo "$seconds" >"$STATE/left"
  sleep 1 &
  wait $! || true
  seconds=$((seconds - 1))
done

undecided && mv "$STATE/pending" "$STATE/rolling-back" 2>/dev/null || exit 0
# Whatever keeps it from working now, a Docker that starts anew where that has the nft, may be over in a moment.
until nft --file - <"$STATE/before.nft"; do sleep 1; done
mv "$STATE/rolling-back" "$STATE/rolled-back"
