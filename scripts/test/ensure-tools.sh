# shellcheck shell=bash
# Step: what the checks and the browser tests run besides npm's packages. Sourced by test.sh.

ensure_tools() {
  local missing=()
  command -v shellcheck >/dev/null || missing+=(shellcheck)
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
  [ "${#missing[@]}" -gt 0 ] || return 0
  may_install || fail "expected ${missing[*]} but did not find them" 'install them, then npm test again'
  echo "Installing ${missing[*]}"
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
}
