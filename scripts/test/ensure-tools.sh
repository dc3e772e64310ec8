# shellcheck shell=bash
# Step: what the checks and the browser tests run besides npm's packages. Sourced by test.sh.

ensure_tools() {
  local missing=()
  command -v shellcheck >/dev/null || missing+=(shellcheck)
  # The isolation suite makes an outside of its own.
  command -v ip >/dev/null || missing+=(iproute2)
  # The edge suite holds the shop up by slow connections, and has its TLS looked at.
  command -v slowhttptest >/dev/null || missing+=(slowhttptest)
  command -v testssl >/dev/null || missing+=(testssl.sh)
  command -v nft >/dev/null || missing+=(nftables)
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium fonts-liberation)
  [ "${#missing[@]}" -gt 0 ] || return 0
  may_install || fail "expected ${missing[*]} but did not find them" 'install them, or set CHROMIUM to the path of a Chromium or Chrome; then npm test again'
  echo "Installing ${missing[*]}"
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
}
