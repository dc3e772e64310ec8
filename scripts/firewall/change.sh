# shellcheck shell=bash disable=SC2154
# Rules come and go. Sourced by setup-firewall.sh.
#
# While a change waits for its yes there is the file "pending"; whoever moves it away has decided. The process that would roll back runs
# before anything is changed, on its own, so that nobody has to be there for it.

undecided() { [ -e "$STATE/pending" ] || [ -e "$STATE/rolling-back" ]; }

rolls_back() { grep --quiet --no-messages firewall/roll-back.sh "/proc/$(cat "$STATE/pid" 2>/dev/null)/cmdline"; }

restoring() {
  printf 'table inet %s\ndelete table inet %s\n' "$TABLE" "$TABLE"
  listing || true
}

start_roll_back() {
  local detach=(setsid) tries
  # A session that ends may take its processes along; a scope of its own is none of them.
  [ ! -d /run/systemd/system ] || detach=(systemd-run --quiet --scope setsid)
  "${detach[@]}" bash scripts/firewall/roll-back.sh "$TABLE" "$STATE" "$seconds" "${nft_image:-}" </dev/null >/dev/null 2>&1 9>&- &
  for ((tries = 0; tries < 50; tries++)); do
    ! rolls_back || return 0
    sleep 0.1
  done
  rm -f "$STATE/pending" "$STATE/rolling-back"
  fail 'expected the process that rolls back to start but it did not' 'nothing was changed'
}

apply() {
  make_rules
  mkdir -p "$STATE"
  chmod 0700 "$STATE"
  exec 9>"$STATE/lock"
  flock --nonblock 9 || fail 'expected to be the only one but another change is under way'
  if undecided && rolls_back; then
    fail 'expected no change that waits for its confirmation but there is one' 'scripts/setup-firewall.sh --confirm, or wait until it is rolled back'
  fi
  # Rules that nobody confirmed, and whose roll-back died, are not the state to come back to.
  undecided || restoring >"$STATE/before.nft"
  # Without its number there, the roll-back of a change before this one ends.
  rm -f "$STATE/pid" "$STATE/confirmed" "$STATE/rolling-back" "$STATE/rolled-back"
  say "$rules" >"$STATE/rules.nft"
  : >"$STATE/pending"
  start_roll_back
  if ! nft --file - <"$STATE/rules.nft"; then
    rm -f "$STATE/pending"
    fail 'expected the kernel to load the rules but it did not' 'nothing was changed'
  fi
  exec 9>&-
  say "The rules are in force. Open a second session to see that you still get in, then type yes here, or there:
  scripts/setup-firewall.sh --confirm
Without it the state before is back in $seconds s."
  await_answer
}

# The answer may come here or from another session, or not at all.
await_answer() {
  local answer status
  while undecided && rolls_back; do
    status=0
    read -r -t 1 answer || status=$?
    if [ "$status" -gt 128 ]; then continue; fi
    if [ "$status" -ne 0 ]; then
      sleep 1
    elif [ "$answer" = yes ]; then
      confirm
      return
    else
      printf 'Expected yes but found "%s"\n' "$answer"
      kill -USR1 "$(cat "$STATE/pid")"
      while undecided && rolls_back; do sleep 0.1; done
    fi
  done
  ! undecided || fail 'expected the process that rolls back to run but it is gone' 'scripts/setup-firewall.sh --confirm, or --remove'
  [ -e "$STATE/confirmed" ] || fail 'nobody confirmed; the state before is back' 'scripts/setup-firewall.sh --status'
  say 'Confirmed from another session'
}

confirm() {
  mv "$STATE/pending" "$STATE/confirmed" 2>/dev/null || fail 'expected a change that waits for its confirmation but there is none' 'scripts/setup-firewall.sh'
  say 'Confirmed; the rules stay until the machine stops. To keep them longer: scripts/setup-firewall.sh --persist'
}

remove() {
  mv "$STATE/pending" "$STATE/confirmed" 2>/dev/null || true
  forget
  printf 'table inet %s\ndelete table inet %s\n' "$TABLE" "$TABLE" | nft --file -
  rm -rf "$STATE"
  say 'This firewall is gone; what others have loaded is as it was'
}
