#!/usr/bin/env bash
# Runs a command with the packages' programs first on PATH, among them the Node that runs TypeScript; installs them first
# where they are missing.
# Usage: scripts/with-packages.sh COMMAND…
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
if [ ! -x node_modules/.bin/node ]; then
  # Standard output is the command's.
  echo 'Installing packages (npm ci) …' >&2
  npm ci --no-audit --no-fund >&2
fi
exec "$@"
