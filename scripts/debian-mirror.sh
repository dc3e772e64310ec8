#!/usr/bin/env bash
# Prints the Debian mirror this machine uses itself, from its own apt sources. Mirrors are a site's own business, so none
# is written down in this repository.
# Usage: scripts/debian-mirror.sh [main|security]      DEBIAN_MIRROR / DEBIAN_SECURITY_MIRROR override what is found
#        APT_ETC=/etc/apt                               where the sources are looked for
set -euo pipefail

kind=${1:-main}
apt_etc=${APT_ETC:-/etc/apt}
case $kind in
main) override=${DEBIAN_MIRROR:-} ;;
security) override=${DEBIAN_SECURITY_MIRROR:-} ;;
*) echo "usage: $0 [main|security]" >&2 && exit 2 ;;
esac
if [ -n "$override" ]; then
  echo "$override"
  exit
fi

# Both formats become one line an entry: URI suite keyring components… (keyring is "-" where none is named).
one_line_entries() {
  awk '$1 == "deb" {
    keyring = "-"; i = 2
    if ($i ~ /^\[/) {
      for (;; i++) {
        option = $i; gsub(/[][]/, "", option)
        if (option ~ /^signed-by=/) { keyring = substr(option, 11) }
        if ($i ~ /\]$/ || i >= NF) break
      }
      i++
    }
    line = $i " " $(i + 1) " " keyring
    for (i += 2; i <= NF && $i !~ /^#/; i++) line = line " " $i
    print line
  }' "$@"
}

deb822_entries() {
  awk '
  function flush(  u, s, uris, suites, nu, ns) {
    if (field["types"] ~ /(^| )deb( |$)/ && field["enabled"] !~ /^(no|false|0)$/) {
      nu = split(field["uris"], uris, " "); ns = split(field["suites"], suites, " ")
      sub(/ .*/, "", field["signed-by"])
      for (u = 1; u <= nu; u++) for (s = 1; s <= ns; s++)
        print uris[u], suites[s], (field["signed-by"] == "" ? "-" : field["signed-by"]), field["components"]
    }
    delete field; name = ""
  }
  FNR == 1 { flush() }
  /^#/ { next }
  /^[ \t]*$/ { flush(); next }
  /^[ \t]/ { sub(/^[ \t]+/, ""); field[name] = field[name] " " $0; next }
  {
    name = tolower(substr($0, 1, index($0, ":") - 1))
    value = substr($0, index($0, ":") + 1)
    gsub(/^[ \t]+|[ \t]+$/, "", value)
    field[name] = value
  }
  END { flush() }' "$@"
}

entries() {
  local file
  for file in "$apt_etc/sources.list" "$apt_etc"/sources.list.d/*.list; do
    [ ! -f "$file" ] || one_line_entries "$file"
  done
  for file in "$apt_etc"/sources.list.d/*.sources; do
    [ ! -f "$file" ] || deb822_entries "$file"
  done
}

# A third party's archive may carry Debian's suite names: what counts is the key, or no key with a Debian suite and "main".
mirror=$(entries | awk -v kind="$kind" '
  $1 !~ /^https?:/ { next }
  {
    debian = $3 ~ /debian-archive-/
    if ($3 == "-" && $2 ~ /^(bullseye|bookworm|trixie|forky|sid|stable|testing|unstable)(-security|-updates)?$/ && / main( |$)/) debian = 1
    security = $2 ~ /-security$/
  }
  debian && (kind == "security") == security { sub(/\/$/, "", $1); print $1; exit }')

if [ -z "$mirror" ]; then
  echo "FAIL: expected a Debian archive in $apt_etc/sources.list or $apt_etc/sources.list.d but found none" >&2
  echo "  Next: name one that this machine reaches, e.g. DEBIAN_MIRROR=http://mirror.example/debian $0" >&2
  exit 1
fi
echo "$mirror"
