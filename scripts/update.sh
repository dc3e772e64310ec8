#!/usr/bin/env bash
# Builds services of the running shop anew and replaces them, one after the other. No request fails: a second copy of each serves while its
# container is replaced. One that does not become healthy is taken back. Any time; after an interruption again, which goes on from there.
# Usage: scripts/update.sh [SERVICE…] [--no-build] [--force] [--patience SECONDS]
#        scripts/update.sh --finish        clears up behind one that was interrupted, as npm start and the next update do, and no more
#   SERVICE     without any, all that can be replaced without a gap. The databases are away for a moment: name them. They share an image, and
#               are replaced one after the other
#   --no-build  takes the images that are tagged as the shop's with "-next" behind, as somebody else has built them
#   --force     replaces what is current too
#   --patience  seconds in which a new container has to be healthy: 60
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/start/take-turn.sh
. scripts/start/take-turn.sh

take_turn scripts/update.sh
# The shop goes first.
renice -n 19 $$ >/dev/null 2>&1 || true
exec scripts/with-packages.sh node scripts/update.ts "$@"
