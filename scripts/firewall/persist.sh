# shellcheck shell=bash
# The rules at every start of the machine. Sourced by setup-firewall.sh.
#
# A unit of its own, not a line in /etc/nftables.conf: that file begins with "flush ruleset", and whoever loads it again takes Docker's
# tables and the shop's away too.
UNIT=shop-firewall.service
UNIT_FILE=/etc/systemd/system/$UNIT
RULES_FILE=/etc/shop-firewall.nft

persist() {
  command -v systemctl >/dev/null || fail 'expected systemd but did not find it' "have your init system run: nft --file $STATE/rules.nft"
  if [ ! -e "$STATE/confirmed" ] || ! loaded; then
    fail 'expected confirmed rules but there are none' 'scripts/setup-firewall.sh'
  fi
  install -m 0600 "$STATE/rules.nft" "$RULES_FILE"
  # Before there is a network, and after the distribution's own unit, which may begin with an empty rule set.
  cat >"$UNIT_FILE" <<UNIT
[Unit]
Description=Firewall of the host, made by setup-firewall.sh
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
After=nftables.service
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=$(type -P nft) --file $RULES_FILE
ExecStop=$(type -P nft) delete table inet $TABLE

[Install]
WantedBy=sysinit.target
UNIT
  systemctl --quiet enable "$UNIT"
  say "The rules are loaded at every start of the machine, from $RULES_FILE"
}

persisted() { [ -e "$UNIT_FILE" ]; }

forget() {
  persisted || return 0
  systemctl --quiet disable "$UNIT"
  rm -f "$UNIT_FILE" "$RULES_FILE"
}
