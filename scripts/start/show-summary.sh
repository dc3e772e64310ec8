# shellcheck shell=bash
# Step: what runs, where it is, and what to do next. Sourced by start.sh.

show_summary() {
  local http https
  http=$(setting HTTP_PORT 80)
  https=$(setting HTTPS_PORT 443)
  http=http://localhost$([ "$http" = 80 ] || echo ":$http")
  https=https://localhost$([ "$https" = 443 ] || echo ":$https")
  say
  docker compose ps --quiet | xargs docker inspect --format \
    '{{index .Config.Labels "com.docker.compose.service"}} {{.Name}} {{.State.Health.Status}}' |
    awk 'BEGIN { printf "%-17s %-23s %s\n", "SERVICE", "CONTAINER", "HEALTH" } { printf "%-17s %-23s %s\n", $1, substr($2, 2), $3 }'
  say
  say "Storefront  $http"
  say "            $https$([ -n "$(setting TLS_CERT_FILE '')" ] || echo '   (self-signed certificate)')"
  say "API         curl $http/api/products"
  say "Logs        docker compose logs --follow"
  say "Stop        npm stop"
}
