# shellcheck shell=bash
# Step: nobody else starts, stops, updates or restores from this folder. The lock ends with this process, however that ends. Sourced by
# start.sh, stop.sh, destroy.sh, update.sh and restore.sh.

# take_turn COMMAND
take_turn() {
  local other
  # macOS has no flock.
  command -v flock >/dev/null || return 0
  mkdir -p reports
  exec 9>>reports/start.lock
  if ! flock --nonblock 9; then
    other=$(cat reports/start.lock)
    fail "another ${other:-npm start} is at work in $PWD" "wait until it ends, then $1 again"
  fi
  echo "$1 (process $$)" >reports/start.lock
}
