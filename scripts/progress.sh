# shellcheck shell=bash
# Progress and failure messages of every script. Sourced, never run.

say() { printf '%s\n' "$*"; }

# fail MESSAGE [NEXT STEP]: says what is wrong and what to do about it, and ends the script.
fail() {
  printf 'FAIL: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  Next: %s\n' "$2" >&2
  exit 1
}

# run_step TITLE HINT COMMAND…: runs the command with its output in reports/steps/, shows how long it takes and what it
# is at, and on failure names the step, prints the end of its log and the hint.
run_step() {
  local title=$1 hint=$2 log pid seconds=0 status=0
  shift 2
  mkdir -p reports/steps
  log="reports/steps/$(tr 'A-Z ' 'a-z-' <<<"$title").log"
  printf '%-34s' "$title"
  ("$@") >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    seconds=$((seconds + 1))
    [ $((seconds % 75)) -ne 0 ] || printf '\n  … %s' "$(grep -v '^ *$' "$log" | tail -n 1 | tr -d '\r' | cut -c 1-110)"
  done
  wait "$pid" || status=$?
  if [ "$status" -ne 0 ]; then
    printf ' failed\n' >&2
    tail -n 25 "$log" | sed 's/^/  | /' >&2
    printf 'FAIL: step "%s" ended with status %s; its whole log is %s\n  Next: %s\n' "$title" "$status" "$log" "$hint" >&2
    exit 1
  fi
  printf ' done%s\n' "$([ "$seconds" -lt 10 ] || printf ' in %s s' $((seconds / 5)))"
}
