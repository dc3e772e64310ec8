# shellcheck shell=bash disable=SC2154
# Which ports are open, and the rules with them filled in. Sourced by setup-firewall.sh.

port() {
  if [[ ! $1 =~ ^[1-9][0-9]{0,4}$ ]] || [ "$1" -gt 65535 ]; then fail "expected a port from 1 to 65535 but found $1"; fi
  printf '%s' "$1"
}

count() {
  if [[ ! $1 =~ ^[1-9][0-9]{0,3}$ ]]; then fail "expected a number of seconds from 1 to 9999 but found $1"; fi
  printf '%s' "$1"
}

# Where sshd listens now; else where it says it will; and in any case where this session came in.
sshd_ports() {
  local found
  found=$(ss --no-header --listening --tcp --numeric --processes 2>/dev/null |
    awk '/users:\(\("sshd"/ { sub(/.*:/, "", $4); print $4 }')
  [ -n "$found" ] || found=$(sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }') || true
  printf '%s\n' "${found:-22}"
  awk '{ if ($4) print $4 }' <<<"${SSH_CONNECTION:-}"
}

# list PORT…: as nft takes a set of them.
list() { printf '%s\n' "$@" | sort --unique --numeric-sort | paste --serial --delimiters=, | sed 's/,/, /g'; }

# As a script for sed: a rule for each of the other ports, or none.
other_rules() {
  local entry text=''
  for entry in ${other_ports[@]+"${other_ports[@]}"}; do
    case $entry in
    */udp) text+="udp dport ${entry%/udp} accept; " ;;
    *) text+="tcp dport $entry accept; " ;;
    esac
  done
  if [ -n "$text" ]; then echo "s/@OTHER_PORTS@/${text%; }/"; else echo '/@OTHER_PORTS@/d'; fi
}

# make_rules: in $rules, when the kernel takes them.
make_rules() {
  local complaint
  [ "${#ssh_ports[@]}" -gt 0 ] || mapfile -t ssh_ports <<<"$(sshd_ports)"
  rules=$(sed "s/@TABLE@/$TABLE/
    s/@SSH_PORTS@/$(list "${ssh_ports[@]}")/
    s/@SHOP_PORTS@/$(list "$(port "$(setting HTTP_PORT 80)")" "$(port "$(setting HTTPS_PORT 443)")")/
    $(other_rules)
    s|@WEB_RATE@|50/second burst 200 packets|
    s|@SSH_RATE@|10/minute burst 20 packets|" scripts/firewall/rules.nft)
  complaint=$(nft --check --file - 2>&1 <<<"$rules") || fail "expected rules that the kernel takes but it says: $complaint"
}
