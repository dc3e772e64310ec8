#!/usr/bin/env bash
# The whole proof, on a fresh machine or again: installs, checks, unit tests, then a second stack with names, networks,
# ports and data of its own, the suites against it, and its removal. A running shop is neither used nor touched.
# Usage: npm test        ends with "N passed, N failed"; exit code 0 only if every suite ran and passed
set -euo pipefail
cd "$(dirname "$0")/.."
# npm sets this for its scripts; it may be Node 24 only once "npm ci" has been here.
export PATH="$PWD/node_modules/.bin:$PATH"
for part in progress settings test/environment start/check-ports start/check-networks start/ensure-docker \
  start/build-images start/wait-healthy test/ensure-tools policy/remove-rules update/remove-copies test/stack; do
  # shellcheck source=/dev/null
  . "scripts/$part.sh"
done

suites='unit scripts security-check api hardening audit isolation edge identity policy quarantine drift stripe limits monitoring e2e waf faults backup'
# They stop processes of containers from the host, or make network namespaces.
[ "$(id -u)" -ne 0 ] || suites+=' chaos sabotage firewall'

# How much of the long suites runs here, chosen by a seed that they print. By themselves they run whole. What an archive brings back is
# seen there alone: it takes minutes.
sample() {
  case $1 in
  backup) echo --kills 1 tests/backup/restore.test.ts tests/backup/killed.test.ts ;;
  chaos) echo --seconds 15 ;;
  drift) echo --sample 3 ;;
  monitoring) echo --alerts 1 ;;
  sabotage) echo --sample 3 ;;
  esac
}

# No impact yet.
check_docker

# From here on this machine changes.
run_step 'Packages' 'see that the npm registry is reached' npm ci --no-audit --no-fund
run_step 'Tools' 'install them, then npm test again' ensure_tools
run_step 'Docker' 'read the log above; the next run goes on from here' ensure_docker
run_step 'Checks' 'npm run check shows them alone' scripts/check.sh
check_networks
run_step 'Base images' 'see that a registry or a Debian mirror is reached' scripts/base-images.sh
run_step 'Test images' 'read the log above' build_images
# Of profiles that are off by default.
run_step 'Images of profiles' 'read the log above' build_images stripe-egress redis prometheus

trap remove_stack EXIT
run_step 'Clean slate' 'docker compose --project-name secure-ecommerce-test down --volumes' remove_stack
check_ports
run_step 'Secrets' 'follow the line above' scripts/create-secrets.sh
run_step 'Test stack' 'read the log above' start_stack

rm -rf reports/test
for suite in $suites; do
  say
  say "Suite: $suite"
  # shellcheck disable=SC2046 # a list of words
  npm run --silent "test:$suite" -- $(sample "$suite") --reporter=default --reporter=json --outputFile.json="reports/test/$suite.json" </dev/null ||
    say "Suite $suite ended with status $?"
done

say
# shellcheck disable=SC2086 # a list of words
node scripts/test/summary.ts $suites
