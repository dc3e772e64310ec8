# shellcheck shell=bash
# Steps: the settings make sense, and Compose can read them. Both change nothing. Sourced by start.sh.

check_settings() {
  local name value auth address profiles default=172.20.0
  auth=$(setting AUTH_MODE demo)
  address=$(setting BIND_ADDRESS 127.0.0.1)
  # It leaves no choice.
  [[ $(setting COMPOSE_FILE '') != *docker-compose.security.yml* ]] || auth=enforced
  [[ $auth == demo || $auth == enforced ]] ||
    fail "expected AUTH_MODE to be demo or enforced but found $auth" 'set AUTH_MODE=demo'
  # The services refuse this too, but only once the port is open.
  [[ $auth == enforced || $address == 127.* ]] ||
    fail "AUTH_MODE=demo lets everybody in as admin, and BIND_ADDRESS=$address is not a loopback address" 'set BIND_ADDRESS=127.0.0.1, or AUTH_MODE=enforced'

  value=$(setting WAF_MODE Off)
  [[ $value == Off || $value == DetectionOnly || $value == On ]] ||
    fail "expected WAF_MODE to be Off, DetectionOnly or On but found $value" 'set WAF_MODE=Off'

  value=$(setting CACHE_SECONDS 1)
  [[ $value =~ ^([0-9]|[1-5][0-9]|60)$ ]] ||
    fail "expected CACHE_SECONDS to be a whole number from 0 to 60 but found $value" 'set CACHE_SECONDS=1'

  value=$(setting POINT_IN_TIME off)
  [[ $value == on || $value == off ]] ||
    fail "expected POINT_IN_TIME to be on or off but found $value" 'set POINT_IN_TIME=off'
  value=$(setting POINT_IN_TIME_DAYS 7)
  [[ $value =~ ^[1-9][0-9]{0,3}$ ]] ||
    fail "expected POINT_IN_TIME_DAYS to be a whole number from 1 up but found $value" 'set POINT_IN_TIME_DAYS=7'

  profiles=$(setting COMPOSE_PROFILES '')
  [[ $profiles =~ ^[a-z,]*$ && -f network-policy/policy${profiles:+-$profiles}.nft ]] ||
    fail "expected COMPOSE_PROFILES to be stripe, limits, monitoring, several of them with commas in this order, or empty but found $profiles: there are no rules for it" \
      'set COMPOSE_PROFILES=stripe,limits,monitoring, or some of them in this order, or remove it'
  check_monitoring
  value=$(setting LIMIT_COUNTERS memory)
  [[ $value == memory || $value == redis ]] ||
    fail "expected LIMIT_COUNTERS to be memory or redis but found $value" 'set LIMIT_COUNTERS=memory'
  [[ $value != redis || $profiles == *limits* ]] ||
    fail 'LIMIT_COUNTERS=redis cannot be started: there is no Redis' 'set COMPOSE_PROFILES=limits too'
  [[ $(setting PAYMENT_PROVIDER simulated) != stripe || $profiles == stripe* ]] ||
    fail 'PAYMENT_PROVIDER=stripe cannot be started: the payment network has no way out' 'set COMPOSE_PROFILES=stripe too'

  check_minutes "$(setting RESERVATION_MINUTES 30)" "$(setting ORDER_PATIENCE_MINUTES 25)"

  for name in LIMIT_{CONNECTIONS,REQUESTS,BURST,BANDWIDTH,WINDOW_MINUTES,ANONYMOUS_WRITES,ACCOUNT_WRITES,LOGIN_FAILURES} \
    LIMIT_STOREFRONT_{WRITES,LOGIN_FAILURES}; do
    value=$(setting "$name" 1)
    [[ $value =~ ^[1-9][0-9]{0,8}$ ]] ||
      fail "expected $name to be a whole number from 1 up but found $value" "remove it from .env: .env.example says what it is by default"
  done

  value=$(setting ECOM_PREFIX ecom)
  # A bridge's name has 15 characters at most.
  [[ $value =~ ^[a-z0-9]{1,6}$ ]] ||
    fail "expected ECOM_PREFIX to be 1 to 6 small letters or digits but found $value" 'choose a shorter one: echo ECOM_PREFIX=shop2 >>.env'

  for name in NET_FRONTEND NET_BACKEND NET_DATABASE NET_PAYMENT; do
    value=$(setting "$name" "$default")
    is_three_bytes "$value" || fail "expected $name to be the first three numbers of a subnet but found $value" "set $name=$default"
    default=172.$((${default:4:2} + 1)).0
  done
}

# check_monitoring: how often Prometheus asks, and how much it keeps.
check_monitoring() {
  local value
  value=$(setting PROMETHEUS_INTERVAL 15s)
  [[ $value =~ ^[1-9][0-9]?s$ ]] ||
    fail "expected PROMETHEUS_INTERVAL to be 1s to 99s but found $value" 'set PROMETHEUS_INTERVAL=15s'
  value=$(setting PROMETHEUS_RETENTION_TIME 15d)
  [[ $value =~ ^[1-9][0-9]*[hdwy]$ ]] ||
    fail "expected PROMETHEUS_RETENTION_TIME to be a time such as 36h or 15d but found $value" 'set PROMETHEUS_RETENTION_TIME=15d'
  value=$(setting PROMETHEUS_RETENTION_SIZE 1GB)
  [[ $value =~ ^[1-9][0-9]*[MG]B$ ]] ||
    fail "expected PROMETHEUS_RETENTION_SIZE to be a size such as 512MB or 1GB but found $value" 'set PROMETHEUS_RETENTION_SIZE=1GB'
}

# check_minutes RESERVATION PATIENCE: no order may outlive what is set aside for it. Each service checks its own for itself.
check_minutes() {
  [[ $1 =~ ^[0-9]+(\.[0-9]+)?$ ]] || fail "expected RESERVATION_MINUTES to be a number but found $1" 'set RESERVATION_MINUTES=30'
  [[ $2 =~ ^[0-9]+$ ]] || fail "expected ORDER_PATIENCE_MINUTES to be a whole number but found $2" 'set ORDER_PATIENCE_MINUTES=25'
  awk -v held="$1" -v patience="$2" 'BEGIN { exit !(patience < held) }' ||
    fail "expected ORDER_PATIENCE_MINUTES to be less than RESERVATION_MINUTES but found $2 and $1: orders would be paid after their goods are gone" \
      'set RESERVATION_MINUTES=30 and ORDER_PATIENCE_MINUTES=25'
}

# is_three_bytes TEXT: whether it is A.B.C, each from 0 to 255.
is_three_bytes() {
  local byte='(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])'
  [[ $1 =~ ^$byte\.$byte\.$byte$ ]]
}

# check_compose: on a machine that has no Docker yet there is nothing to ask and nothing that runs.
check_compose() {
  local problem
  docker_answers && docker compose version >/dev/null 2>&1 || return 0
  problem=$(docker compose config --quiet 2>&1) ||
    fail "docker compose cannot read its settings: $problem" 'put that right in .env or docker-compose.yml'

  if made_elsewhere; then
    say "Warning: its containers were made from another folder; this start replaces them by those of $PWD"
  fi
}

# made_elsewhere: whether a container of this project, running or not, was made by a checkout in another folder.
made_elsewhere() {
  local folder project
  project=$(setting COMPOSE_PROJECT_NAME secure-ecommerce)
  while read -r folder; do
    [ -z "$folder" ] || [ "$folder" -ef "$PWD" ] || return 0
  done < <(docker ps --all --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.config-hash \
    --format '{{.Label "com.docker.compose.project.working_dir"}}' | sort --unique)
  return 1
}
