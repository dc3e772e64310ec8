#!/usr/bin/env bash
# Format, lint, types, unused code, shell and the Compose file.
# Usage: npm run check
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
# shellcheck source=scripts/progress.sh
. scripts/progress.sh

failed=()
check() {
  say "── $1"
  "${@:2}" || failed+=("$1")
}

shell_files() { git ls-files --cached --others --exclude-standard '*.sh' .ci/run; }

check_shell() {
  if ! command -v shellcheck >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
      echo "FAIL: expected shellcheck but did not find it; install it (Debian, Ubuntu: apt-get install shellcheck)"
      return 1
    fi
    apt-get update && apt-get install --yes --no-install-recommends shellcheck || return 1
  fi
  shell_files | xargs shellcheck
}

check 'format and lint' biome ci --colors="$([ -t 1 ] && echo force || echo off)"
check 'types' tsc --noEmit
check 'types of the storefront' tsc --noEmit --project services/frontend
check 'unused code' knip
check 'generated files' node scripts/generate.ts --check
check 'shell' check_shell
if docker compose version >/dev/null 2>&1; then
  check 'compose file' docker compose --file docker-compose.yml config --quiet
  check 'compose file of the Internet' docker compose --file docker-compose.yml --file docker-compose.security.yml config --quiet
fi

[ "${#failed[@]}" -eq 0 ] || fail "not clean: ${failed[*]}"
say 'All checks passed'
