# shellcheck shell=bash
# The settings that Compose reads (environment first, then .env), for the scripts that need one themselves. Sourced.

# setting NAME DEFAULT: prints the value in force, read as Compose reads it: quotes and an unquoted value's comment go.
setting() {
  local line value
  if [ -n "${!1:-}" ]; then
    printf '%s' "${!1}"
    return
  fi
  line=$([ ! -f .env ] || tr -d '\r' <.env | grep -E "^$1=" | tail -n 1)
  line=${line#*=}
  value=${line#"${line%%[![:blank:]]*}"}
  case $value in
  \"*\"*) value=${value#\"} && value=${value%%\"*} ;;
  \'*\'*) value=${value#\'} && value=${value%%\'*} ;;
  *)
    value=${value%%[[:blank:]]#*}
    value=${value%"${value##*[![:blank:]]}"}
    ;;
  esac
  printf '%s' "${value:-$2}"
}

# remember NAME VALUE: writes one line of .env and leaves all others as they are.
remember() {
  local rest
  rest=$([ ! -f .env ] || grep -v -E "^$1=" .env || true)
  printf '%s\n' ${rest:+"$rest"} "$1=$2" >.env.new
  mv .env.new .env
}
