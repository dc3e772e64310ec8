# shellcheck shell=bash
# The settings that Compose reads (environment first, then .env), for the scripts that need one themselves. Sourced.

# setting NAME DEFAULT: prints the value in force.
setting() {
  local line
  if [ -n "${!1:-}" ]; then
    printf '%s' "${!1}"
    return
  fi
  line=$([ ! -f .env ] || grep -E "^$1=" .env | tail -n 1)
  line=${line#*=}
  printf '%s' "${line:-$2}"
}

# remember NAME VALUE: writes one line of .env and leaves all others as they are.
remember() {
  local rest
  rest=$([ ! -f .env ] || grep -v -E "^$1=" .env || true)
  printf '%s\n' ${rest:+"$rest"} "$1=$2" >.env.new
  mv .env.new .env
}
