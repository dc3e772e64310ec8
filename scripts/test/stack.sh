# shellcheck shell=bash
# Steps: the test stack comes and goes. Sourced by test.sh.

start_stack() {
  docker compose up --detach --no-build
  wait_healthy 120
}

remove_stack() {
  local network
  # An EXIT trap keeps the status it was called with.
  remove_copies
  docker compose --progress quiet stop --timeout 2
  remove_rules
  docker compose --progress quiet down --volumes --remove-orphans --timeout 2
  # What a suite made that was killed: attackers on the stack's networks, then networks.
  for network in $(docker network ls --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME"); do
    docker network inspect --format '{{range $id, $_ := .Containers}}{{println $id}}{{end}}' "$network" |
      xargs --no-run-if-empty docker rm --force >/dev/null
    docker network rm "$network" >/dev/null
  done
  rm -rf "${SECRETS_DIR%/secrets}"
}
