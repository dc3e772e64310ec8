#!/usr/bin/env bash
# Starts the shop, on a fresh machine or again: makes what is missing, waits until all is healthy, says where it is.
# Usage: npm start        .env.example lists the settings
set -euo pipefail
cd "$(dirname "$0")/.."
for part in progress settings start/take-turn start/check-settings start/check-ports start/check-networks \
  start/ensure-docker start/build-images start/wait-healthy start/watch-drift start/show-summary update/remove-copies; do
  # shellcheck source=/dev/null
  . "scripts/$part.sh"
done

# Containers that another folder's start made have that folder's secrets mounted, which Compose does not see.
start_containers() {
  local recreate=''
  if made_elsewhere; then recreate=--force-recreate; fi
  # shellcheck disable=SC2086 # one word or none
  docker compose up --detach --no-build $recreate
}

# No impact yet.
take_turn 'npm start'
check_settings
check_docker
check_compose
check_ports

# From here on this machine changes.
run_step 'Docker' 'read the log above; the next start goes on from here' ensure_docker
check_networks
run_step 'Base images' 'see that a registry or a Debian mirror is reached, then npm start again' scripts/base-images.sh
run_step 'Secrets' 'follow the line above, then npm start again' scripts/create-secrets.sh
run_step 'Images' 'read the log above; npm start again repeats only what failed' build_images
run_step 'Containers' 'docker compose ps --all shows what Docker made of it' start_containers
run_step 'Health' 'docker compose logs NAME shows all of it; npm start again after a repair' wait_healthy 90
run_step 'Updates' 'scripts/update.sh --finish again after a repair' finish_updates
run_step 'Watch for drift' 'see reports/' watch_drift

show_summary
