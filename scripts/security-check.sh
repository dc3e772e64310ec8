#!/usr/bin/env bash
# Looks for vulnerabilities, secrets, weak settings and licences that are not free; security-check.ts says what, and what the exit code means.
# Usage: scripts/security-check.sh [image…]        without an image: all of the stack, the repository and what runs
set -euo pipefail
cd "$(dirname "$0")/.."
exec bash scripts/with-packages.sh node scripts/security-check.ts "$@"
