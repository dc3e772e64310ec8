#!/usr/bin/env bash
# Loads the packet filter, then watches over it: when a table is gone or altered, it is loaded again.
# Usage: network-policy           load and watch; SIGTERM ends it and leaves the rules in place
#        network-policy health    whether the rules stood at the last look, a few seconds ago
#        network-policy counters  one JSON document a table for every line of input, so that it ends with whoever asks
#        network-policy remove    delete both tables and nothing else
#        network-policy quarantine SERVICE MAC… ADDRESS…    nothing comes from there or gets there any more, also after a restart
#        network-policy release SERVICE                     takes that back
#        network-policy quarantined                         which services that is
#        network-policy metrics NAME                        hands on what standard input says to whoever watches, in the words of Prometheus
#        network-policy next SERVICE [serving]              a second copy of the service is known, as source; once serving, as target too
#        network-policy next                                no second copy is known
#        network-policy known                               whose second copy is known
#        network-policy serving                             whose second copy is known as target
#        network-policy lead ADDRESS:PORT=ADDRESS:PORT…     new connections to the one go to the other, of a second copy
#        network-policy lead                                not any more
# Needs POLICY_TABLE and every other name between @ signs in RULES. With AUDIT_KEY_FILE it writes each incident into the trail in
# /var/lib/audit, sealed as services/kit/src/audit-entry.ts says; while it cannot, it is not healthy.
# Where the rules are those of the profile "monitoring" it tells what it counts, too.
set -euo pipefail

RULES=${RULES:-/network-policy/policy.nft}
FILLED=/tmp/policy.nft
HEALTHY=/tmp/healthy
LOOK_EVERY=4
TRAIL=/var/lib/audit/incidents.jsonl
UNRECORDED=/tmp/unrecorded
# A line for each address: service, address.
QUARANTINE=/var/lib/audit/quarantine
METRICS=/var/lib/metrics
TELL_EVERY=10
# Which conditions of the rules for a second copy hold, a line each.
NEXT=/var/lib/audit/next
# Connections that are led to it, as elements of a map; not beyond a restart of this container, before which Docker may have given out
# other ports.
LED_CONNECTIONS=/tmp/led

# log LEVEL MESSAGE [NAME VALUE]…: one JSON object.
log() {
  local text
  printf -v text '{"level":"%s","time":"%s","service":"network-policy","msg":"%s"' "$1" "$(date -u +%FT%T.%3NZ)" "$2"
  shift 2
  for (( ; $#; )); do
    local value=${2//\\/\\\\}
    value=${value//\"/\\\"} value=${value//$'\t'/ } value=${value//$'\n'/\\n}
    text+=",\"$1\":\"$value\""
    shift 2
  done
  printf '%s}\n' "$text"
}

# The statement is left out where the kernel cannot tell a frame's bridge (CONFIG_NFT_BRIDGE_META).
bridge_name_matches() {
  nft --check --file - 2>/dev/null <<<'table bridge probe { chain probe { meta ibrname "probe"; }; }' || printf '#'
}

# quarantined PATTERN: those addresses, as elements of a set.
quarantined() { awk -v pattern="$1" '$2 ~ pattern { printf "%s%s", sep, $2; sep = ", " }' "$QUARANTINE" 2>/dev/null; }

# fill: the rules with this stack's addresses, or a list of what is wrong with its settings.
fill() {
  local name conditions script='' wrong='' IF_IBRNAME IF_QUARANTINE=# QUARANTINED_MACS QUARANTINED_ADDRESSES IF_LED=# LED=
  # shellcheck disable=SC2034 # one of the names below
  IF_IBRNAME=$(bridge_name_matches) QUARANTINED_MACS=$(quarantined :) QUARANTINED_ADDRESSES=$(quarantined '[.]')
  # shellcheck disable=SC2034
  [ ! -s "$QUARANTINE" ] || IF_QUARANTINE=
  # shellcheck disable=SC2034
  [ ! -s "$LED_CONNECTIONS" ] || IF_LED='' LED=$(<"$LED_CONNECTIONS")
  conditions=$'\n'$(cat "$NEXT" 2>/dev/null || true)$'\n'
  for name in $(grep -o '@[A-Z_]*@' "$RULES" | tr -d @ | sort -u); do
    if [[ $name =~ ^IF_(NEXT|WAITING|SERVING)_ ]]; then
      # What does not hold makes a comment of a line.
      if [[ $conditions == *$'\n'"$name"$'\n'* ]]; then local "$name="; else local "$name=#"; fi
    fi
    if [[ $name != IF_* && $name != QUARANTINED_* && $name != LED && ! ${!name:-} =~ ^[A-Za-z0-9_.:-]+$ ]]; then
      wrong+="${wrong:+, }$name: expected letters, digits or _.:- but found \"${!name:-}\""
    fi
    script+="s/@$name@/${!name:-}/g;"
  done
  [ -z "$wrong" ] || { echo "$wrong" && return 1; }
  sed "$script" "$RULES" >"$FILLED"
}

# Without what counts up. nft 1.1.3 cannot list tables of two families in one call.
# listing: both tables as they are loaded, but for what the rules themselves learn.
listing() {
  local rules
  rules=$(nft --stateless list table bridge "$POLICY_TABLE" && nft --stateless list table inet "$POLICY_TABLE") || return
  sed -E '/^\tset ports \{/,/^\t\}/d' <<<"$rules"
}

# asked_for: what the rules were last asked to do beside what is generated.
asked_for() { cat "$QUARANTINE" "$NEXT" "$LED_CONNECTIONS" 2>/dev/null || true; }

# load: both tables in one transaction; says what nft says when it cannot. One at a time: who read first what is asked for must not load last.
loaded='' held=''
load() {
  local error
  flock 9
  held=$(asked_for)
  if error=$(fill && nft --file "$FILLED" 2>&1) && loaded=$(listing); then
    touch "$HEALTHY"
    log info 'policy loaded' table "$POLICY_TABLE" sha256 "$(sha256sum <"$FILLED" | cut -d ' ' -f 1)"
  else
    log error 'policy not loaded' error "$error"
    return 1
  fi
} 9>/tmp/load.lock

# damage: what became of the rules, in a few words.
damage() {
  local family
  for family in bridge inet; do
    if ! nft --stateless list table "$family" "$POLICY_TABLE" >/dev/null 2>&1; then
      echo "table $family $POLICY_TABLE is gone"
      return
    fi
  done
  echo "table bridge or inet $POLICY_TABLE is altered"
}

# hmac MESSAGE: its HMAC-SHA256 (RFC 2104) in hexadecimal. The image has no openssl.
hmac() {
  local key byte n inner='' outer='' digest
  key=$(<"$AUDIT_KEY_FILE")
  for ((n = 0; n < 64; n++)); do
    if ((n < ${#key})); then printf -v byte %d "'${key:n:1}"; else byte=0; fi
    printf -v inner '%s\\x%02x' "$inner" $((byte ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((byte ^ 0x5c))
  done
  digest=$({ printf '%b' "$inner" && printf %s "$1"; } | sha256sum)
  for ((n = 0; n < 64; n += 2)); do outer+="\\x${digest:n:2}"; done
  printf '%b' "$outer" | sha256sum | cut -d ' ' -f 1
}

# record REASON: one more line of the trail, on disk when this returns; its number and seal go into the log, which is the trail's anchor.
seal=''
record() {
  local at previous seq=0 entry line pattern='^\{"seq":([0-9]+),"hmac":"([0-9a-f]{64})"'
  previous=$(printf '0%.0s' {1..64})
  if [ -e "$TRAIL" ] && [[ $(tail -n 1 "$TRAIL") =~ $pattern ]]; then
    seq=${BASH_REMATCH[1]} previous=${BASH_REMATCH[2]}
  fi
  seq=$((seq + 1)) at=$(date -u +%FT%T.%6NZ)
  seal=$(hmac "$previous"$'\n'"[\"network-policy\",$seq,\"$at\",\"network-policy\",\"service\",\"policy.incident\",\"policy\",\"$POLICY_TABLE\",null,\"done\",null,{\"reason\":\"$1\"}]") || return
  entry="{\"id\":$seq,\"at\":\"$at\",\"actor\":\"network-policy\",\"role\":\"service\",\"action\":\"policy.incident\",\"subject\":\"policy\""
  entry+=",\"subject_id\":\"$POLICY_TABLE\",\"address\":null,\"result\":\"done\",\"request_id\":null,\"details\":{\"reason\":\"$1\"}}"
  line="{\"seq\":$seq,\"hmac\":\"$seal\",\"entry\":$entry}"
  { echo "$line" >>"$TRAIL" && sync "$TRAIL"; } 2>/dev/null || return
  log info 'incident recorded' seq "$seq" hmac "$seal"
}

# record_pending: what is to be recorded is kept until it is.
record_pending() {
  [ -e "$UNRECORDED" ] || return 0
  if record "$(<"$UNRECORDED")"; then
    rm -f "$UNRECORDED"
  else
    log error 'policy incident not recorded' reason "$(<"$UNRECORDED")"
  fi
}

# hand_on NAME: standard input becomes that file in one step; whoever reads the folder never sees half of it.
hand_on() { cat >"$METRICS/.$1.new" && mv "$METRICS/.$1.new" "$METRICS/$1.prom"; }

# drops: what the named counters of both tables hold. A pair has one on each network, and a class one in each table: they add up.
drops() {
  local family
  for family in bridge inet; do nft list counters table "$family" "$POLICY_TABLE" || return; done |
    awk '
      $1 == "counter" { name = $2 }
      $1 != "packets" { next }
      name ~ /^class_/ { sum["class=\"" substr(name, 7) "\""] += $2 }
      name ~ /^drop_/ {
        split(substr(name, 6), pair, "__")
        sum["class=\"cell\",from=\"" pair[1] "\",to=\"" pair[2] "\""] += $2
      }
      END { for (labels in sum) printf "policy_dropped_packets_total{%s} %d\n", labels, sum[labels] }'
}

# tell IN_PLACE: for whoever watches, if anybody does.
told_at=-$TELL_EVERY
tell() {
  [[ $RULES == *monitoring* ]] || return 0
  told_at=$SECONDS
  {
    echo '# TYPE policy_rules_in_place gauge'
    echo "policy_rules_in_place $1"
    echo '# TYPE policy_last_look_timestamp_seconds gauge'
    echo "policy_last_look_timestamp_seconds $EPOCHSECONDS"
    echo '# TYPE policy_incidents_total counter'
    echo "policy_incidents_total $incidents"
    echo '# TYPE policy_dropped_packets_total counter'
    drops || true
  } 2>/dev/null | hand_on policy || log error 'metrics not written'
}

# look: nothing to do as long as the rules are what they were right after loading.
incidents=0
look() {
  local found difference reason
  found=$(listing 2>/dev/null) || true
  # Looked at twice before it is called an incident: a listing fails, too, when somebody changes other tables meanwhile.
  [ "$found" = "$loaded" ] || found=$(listing 2>/dev/null) || true
  if [ "$found" = "$loaded" ] && [ "$held" = "$(asked_for)" ]; then
    touch "$HEALTHY"
    [ $((SECONDS - told_at)) -lt "$TELL_EVERY" ] || tell 1
    return
  fi
  # Somebody was put into quarantine or let out, a second copy came or went: the rules are as wanted already, and known from here on.
  if [ "$held" != "$(asked_for)" ] && load; then return; fi
  rm -f "$HEALTHY"
  incidents=$((incidents + 1))
  difference=$(diff <(echo "$loaded") <(echo "$found") | grep '^[<>]' | head -n 5) || true
  reason=$(damage)
  log error 'policy incident' reason "$reason" count "$incidents" difference "$difference"
  [ -z "${AUDIT_KEY_FILE:-}" ] || echo "$reason" >"$UNRECORDED"
  tell 0
  until load; do sleep "$LOOK_EVERY"; done
  tell 1
}

# wait_for_change: returns a moment after something in the host's tables changed, at the latest when it is time to look.
wait_for_change() {
  local part status=0 end=$((SECONDS + LOOK_EVERY))
  read -r -t "$LOOK_EVERY" -u "$monitor" || status=$?
  if [ "$status" -eq 0 ]; then
    # Changes come as many lines, of which read(1) would take a byte at a time; a host that never stops changing its tables must not keep us
    # from looking.
    while [ "$SECONDS" -lt "$end" ]; do
      # What came before the time was over stays in it.
      part=''
      read -r -N 65536 -t 0.3 -u "$monitor" part || [ -n "$part" ] || break
    done
  elif [ "$status" -le 128 ]; then
    sleep "$LOOK_EVERY"
    start_monitor
  fi
}

start_monitor() { exec {monitor}< <(exec nft monitor 2>/dev/null); }

case ${1:-watch} in
watch)
  trap 'log info "stopped; the rules stay"; exit 0' TERM INT
  start_monitor
  load
  tell 1
  while :; do
    wait_for_change
    look
    record_pending
  done
  ;;
health)
  if [ ! -f "$HEALTHY" ] || [ $((EPOCHSECONDS - $(stat --format %Y "$HEALTHY"))) -gt $((LOOK_EVERY * 4)) ]; then
    echo 'the rules are gone or altered, and cannot be loaded again'
    exit 1
  fi
  if [ -e "$UNRECORDED" ] && [ $((EPOCHSECONDS - $(stat --format %Y "$UNRECORDED"))) -gt $((LOOK_EVERY * 4)) ]; then
    echo 'an incident cannot be recorded'
    exit 1
  fi
  ;;
counters)
  while read -r; do
    for family in bridge inet; do nft --json list counters table "$family" "$POLICY_TABLE" || echo '{}'; done
  done
  ;;
quarantine | release)
  FILLED=/tmp/policy-$1.nft
  [ -n "${2:-}" ] || { echo 'expected the name of a service' >&2 && exit 2; }
  { awk -v name="$2" '$1 != name' "$QUARANTINE" 2>/dev/null || true; } >"$QUARANTINE.new"
  for address in "${@:3}"; do echo "$2 $address" >>"$QUARANTINE.new"; done
  mv "$QUARANTINE.new" "$QUARANTINE"
  sync "$QUARANTINE"
  load
  ;;
quarantined)
  [ ! -e "$QUARANTINE" ] || cut -d ' ' -f 1 "$QUARANTINE" | sort --unique
  ;;
metrics)
  [[ ${2:-} =~ ^[a-z]+$ ]] || { echo 'expected a name of small letters' >&2 && exit 2; }
  hand_on "$2"
  ;;
next)
  FILLED=/tmp/policy-next.nft
  service=${2:-} service=${service^^} service=${service//-/_}
  if [ -z "$service" ] && [ ! -s "$NEXT" ]; then exit 0; fi
  [ -z "$service" ] || grep -q "@IF_NEXT_$service@" "$RULES" || { echo "expected a service that is replaced beside but found $2" >&2 && exit 2; }
  condition=IF_WAITING
  [ "${3:-}" != serving ] || condition=IF_SERVING
  { [ -z "$service" ] || printf '%s\n' "IF_NEXT_$service" "${condition}_$service"; } >"$NEXT.new"
  mv "$NEXT.new" "$NEXT"
  sync "$NEXT"
  load
  ;;
known | serving)
  condition=IF_SERVING_
  [ "$1" = serving ] || condition=IF_NEXT_
  [ ! -e "$NEXT" ] || sed -n "s/^$condition//p" "$NEXT" | tr 'A-Z_' 'a-z-'
  ;;
lead)
  FILLED=/tmp/policy-lead.nft
  [ $# -gt 1 ] || [ -s "$LED_CONNECTIONS" ] || exit 0
  elements=''
  for way in "${@:2}"; do
    [[ $way =~ ^([0-9.]+):([0-9]+)=([0-9.]+):([0-9]+)$ ]] || { echo "expected ADDRESS:PORT=ADDRESS:PORT but found $way" >&2 && exit 2; }
    elements+="${BASH_REMATCH[1]} . ${BASH_REMATCH[2]} : ${BASH_REMATCH[3]} . ${BASH_REMATCH[4]}, "
  done
  printf %s "$elements" >"$LED_CONNECTIONS.new"
  mv "$LED_CONNECTIONS.new" "$LED_CONNECTIONS"
  load || { rm -f "$LED_CONNECTIONS" && load && exit 1; }
  ;;
remove)
  # To declare a table first makes it no error that it is gone already.
  printf 'table %s\ndelete table %s\n' {bridge,bridge,inet,inet}" $POLICY_TABLE" | nft --file -
  log info 'policy removed' table "$POLICY_TABLE"
  ;;
*)
  echo "expected watch, health, counters, quarantine, release, quarantined, metrics, next, known, serving, lead or remove but found $1" >&2
  exit 2
  ;;
esac
