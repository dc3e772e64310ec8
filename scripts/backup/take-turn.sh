# shellcheck shell=bash
# Step: no other backup or restore is at work in this folder. The lock ends with this process and those it starts. Sourced by
# backup.sh and restore.sh.

take_backup_turn() {
  # The shop goes first.
  renice -n 10 $$ >/dev/null 2>&1 || true
  # macOS has no flock.
  command -v flock >/dev/null || return 0
  mkdir -p reports
  exec 8>reports/backup.lock
  flock --nonblock 8 || fail "another backup or restore is at work in $PWD" 'wait until it ends'
}
