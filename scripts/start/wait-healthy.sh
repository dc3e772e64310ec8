# shellcheck shell=bash
# Step: every container is healthy. Sourced by start.sh and test.sh.

# wait_healthy SECONDS: one line for each change, and on failure the log of the container that does not come up.
wait_healthy() {
  local deadline=$((SECONDS + $1)) states pending last=
  while :; do
    states=$(docker compose ps --all --quiet | xargs docker inspect --format \
      '{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}} {{.RestartCount}}')
    pending=$(awk '$3 != "healthy" { print substr($1, 2) }' <<<"$states")
    [ -n "$pending" ] || return 0
    [ "$pending" = "$last" ] || echo "waiting for ${pending//$'\n'/ }"
    last=$pending
    # A container that ended and is not started again, or was three times, will not come up by waiting.
    if [ "$SECONDS" -ge "$deadline" ] || awk '$2 == "exited" || $4 >= 3 { found = 1 } END { exit !found }' <<<"$states"; then
      explain "$pending"
      return 1
    fi
    sleep 0.3
  done
}

explain() {
  local name
  for name in $1; do
    [ "$(docker inspect --format '{{.State.Status}} {{.RestartCount}}' "$name")" != 'running 0' ] || [ "$(wc -w <<<"$1")" -eq 1 ] || continue
    echo "$name is not healthy; the end of its log:"
    docker logs --tail 8 "$name" 2>&1 | cut -c 1-400
  done
}
