# shellcheck shell=bash
# What is in force. Sourced by setup-firewall.sh.

# counted NAME: how many packets it has counted.
counted() { nft list counter inet "$TABLE" "$1" | sed -n 's/.*packets \([0-9]*\).*/\1/p'; }

after_start() {
  if ! persisted; then
    echo 'gone; --persist changes that'
  elif [ -e "$STATE/confirmed" ] && ! cmp --silent "$STATE/rules.nft" "$RULES_FILE"; then
    echo 'those of before; --persist takes over these'
  else
    echo 'loaded again'
  fi
}

status() {
  local now
  now=$(listing) || { say 'off' && return; }
  if ! undecided; then
    say 'on'
  elif rolls_back; then
    say "on, and waits for a yes: $(cat "$STATE/left") s left"
  else
    say 'on, never confirmed, and the process that would roll back is gone: --confirm, or --remove'
  fi
  say "open: $(sed -n '/chain admitted/,/^\t}/s/.*\(tcp\|udp\) dport \(.*\) accept/\1 \2/p' <<<"$now" | tr -d '{}' | tr -s ' ' | paste --serial --delimiters=';' | sed 's/ *;/; /g')"
  say "dropped: $(counted dropped), and $(counted too_fast) that came too fast"
  say "at a start of the machine: $(after_start)"
}
