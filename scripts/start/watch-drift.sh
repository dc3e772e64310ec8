# shellcheck shell=bash
# Steps: where the profile "monitoring" is on, a process of this machine looks for drift again and again. No container does: it takes
# Docker's socket, and whoever has that is root here. Sourced by start.sh, stop.sh and destroy.sh, after settings.sh.

# The process holds this lock as long as it lives, and its number is in it.
drift_lock() { echo "reports/drift-$(setting COMPOSE_PROJECT_NAME secure-ecommerce).lock"; }

watch_drift() {
  local lock
  # Without both, as on macOS, there is nothing to look into either.
  [ -d /proc/1 ] && command -v flock >/dev/null || return 0
  mkdir -p reports
  end_drift_watch
  [[ ,$(setting COMPOSE_PROFILES ''), == *,monitoring,* ]] || return 0
  lock=$(drift_lock)
  # shellcheck disable=SC2016 # the inner shell's
  # Not with the locks of this start, which would be held for as long as it lives.
  setsid bash -c 'echo $$ >"$0" && exec 9<"$0" && flock --nonblock 9 && exec nice -n 10 scripts/with-packages.sh node scripts/drift.ts --watch 60' \
    "$lock" >"${lock%.lock}.jsonl" 2>&1 </dev/null 9>&- &
}

# Nobody else's process is ended: only whoever holds the lock is the one whose number is in it.
end_drift_watch() {
  local lock
  lock=$(drift_lock)
  if [ ! -s "$lock" ] || ! command -v flock >/dev/null || flock --nonblock "$lock" true; then return 0; fi
  kill "$(cat "$lock")" 2>/dev/null || true
  # It ends at once; a next one needs the lock.
  flock --timeout 5 "$lock" true
}
