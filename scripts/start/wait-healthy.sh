# shellcheck shell=bash
# Step: every container is healthy. Sourced by start.sh and test.sh.

# One line a container: name, how often Docker restarted it, status, health.
container_states() {
  docker compose ps --all --quiet | xargs docker inspect --format \
    '{{slice .Name 1}} {{.RestartCount}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}'
}

# not_healthy BEFORE NOW: those states of NOW that are not healthy, with only the restarts since BEFORE.
not_healthy() {
  awk 'FNR == NR { before[$1] = $2; next } $4 != "healthy" { print $1, $2 - before[$1], $3 }' <(echo "$1") <(echo "$2")
}

# wait_healthy SECONDS: one line for each change, and on failure the log of the container that does not come up.
wait_healthy() {
  local deadline=$((SECONDS + $1)) before now pending names last=
  before=$(container_states)
  while :; do
    now=$(container_states)
    pending=$(not_healthy "$before" "$now")
    [ -n "$pending" ] || return 0
    names=$(awk '{ print $1 }' <<<"$pending")
    [ "$names" = "$last" ] || echo "waiting for ${names//$'\n'/ }"
    last=$names
    # A container that ended and is not started again, or was three times, will not come up by waiting.
    if [ "$SECONDS" -ge "$deadline" ] || awk '$2 >= 3 || $3 == "exited" { found = 1 } END { exit !found }' <<<"$pending"; then
      explain "$pending"
      return 1
    fi
    sleep 0.3
  done
}

# explain PENDING: the logs of those that failed; one that only waits for another says nothing of use.
explain() {
  local name restarts status
  while read -r name restarts status; do
    [ "$restarts $status" != '0 running' ] || [ "$(wc -l <<<"$1")" -eq 1 ] || continue
    echo "$name is not healthy; the end of its log:"
    docker logs --tail 8 "$name" 2>&1 | cut -c 1-400
  done <<<"$1"
}
