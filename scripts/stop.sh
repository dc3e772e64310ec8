#!/usr/bin/env bash
# Stops the shop. Its data and its logs stay; npm start goes on from there.
# Usage: npm stop
set -euo pipefail
cd "$(dirname "$0")/.."
docker compose stop
