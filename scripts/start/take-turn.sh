# shellcheck shell=bash
# Step: no other start is at work in this folder. The lock ends with this process, however that ends. Sourced by start.sh.

take_turn() {
  # macOS has no flock.
  command -v flock >/dev/null || return 0
  mkdir -p reports
  exec 9>reports/start.lock
  flock --nonblock 9 || fail "another npm start is at work in $PWD" 'wait until it ends, then npm start again'
}
