# shellcheck shell=bash
# Steps: the test stack comes and goes. Sourced by test.sh.

start_stack() {
  docker compose up --detach --no-build
  wait_healthy 120
}

remove_stack() {
  # An EXIT trap keeps the status it was called with.
  remove_copies
  docker compose --progress quiet stop --timeout 2
  remove_rules
  docker compose --progress quiet down --volumes --remove-orphans --timeout 2
  # What a suite made that was killed.
  docker network ls --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" | xargs --no-run-if-empty docker network rm >/dev/null
  rm -rf "${SECRETS_DIR%/secrets}"
}
