#!/usr/bin/env bash
# The firewall of the host: lets in SSH and the shop's two ports, each source at a bounded speed, and drops the rest, over IPv4 and IPv6,
# the published ports of other containers too. Needs root. Safe to repeat: the rules are replaced in one step.
# Usage: scripts/setup-firewall.sh --dry-run    prints the rules and checks them; changes nothing
#        scripts/setup-firewall.sh              applies them; without a "yes" within 60 s the state before comes back, also when the
#                                               terminal is gone or this script was killed
#        scripts/setup-firewall.sh --confirm    the same as that yes, from another session
#        scripts/setup-firewall.sh --persist    has the confirmed rules loaded at every start of the machine
#        scripts/setup-firewall.sh --status     what is in force
#        scripts/setup-firewall.sh --remove     takes all of it away
#   --ssh-port PORT        where sshd listens, instead of where it is found to; may be repeated
#   --allow PORT[/udp]     one more port that is open, for something besides the shop; may be repeated
#   --seconds N            the time to confirm
# shellcheck disable=SC2034,SC2154 # what the parts read, and what they tell
set -euo pipefail
cd "$(dirname "$0")/.."
for part in progress settings firewall/nft firewall/ports firewall/change firewall/persist firewall/status; do
  # shellcheck source=/dev/null
  . "scripts/$part.sh"
done

TABLE=shop_firewall STATE=/run/shop-firewall
action=apply seconds=60 ssh_ports=() other_ports=() rules=''
while [ $# -gt 0 ]; do
  case $1 in
  --dry-run | --confirm | --persist | --status | --remove)
    [ "$action" = apply ] || fail "expected --$action or $1 but found both"
    action=${1#--}
    shift
    ;;
  --ssh-port | --allow | --seconds)
    [ $# -gt 1 ] || fail "expected a value after $1"
    case $1 in
    --ssh-port) ssh_ports+=("$(port "$2")") ;;
    --allow) other_ports+=("$(port "${2%/udp}")${2#"${2%/udp}"}") ;;
    --seconds) seconds=$(count "$2") ;;
    esac
    shift 2
    ;;
  --help)
    sed -n '2,/^# shellcheck/{ /^# shellcheck/d; s/^# //p }' "$0"
    exit
    ;;
  *) fail "expected an option but found $1" 'scripts/setup-firewall.sh --help' ;;
  esac
done

[ "$(id -u)" -eq 0 ] || fail "expected root but found $(id -un)" "sudo scripts/setup-firewall.sh"
find_nft

case $action in
dry-run)
  make_rules
  say "$rules"
  say '# The kernel takes these rules. Nothing was changed'
  ;;
apply) apply ;;
confirm) confirm ;;
persist) persist ;;
status) status ;;
remove) remove ;;
esac
