# shellcheck shell=bash
# Step: second copies that an update has left because it was killed; Compose does not know them. Sourced by start.sh, stop.sh, destroy.sh
# and test.sh, after settings.sh.

second_copies() {
  docker ps --all --quiet --filter "label=com.docker.compose.project=$(setting COMPOSE_PROJECT_NAME secure-ecommerce)" --filter 'name=-next$'
}

# What nginx, or the packet filter, was told for the time of an update.
led_elsewhere() {
  docker exec "$(setting ECOM_PREFIX ecom)-nginx" ls /tmp/next 2>/dev/null | grep -q . ||
    docker exec "$(setting ECOM_PREFIX ecom)-network-policy" test -s /tmp/led 2>/dev/null
}

# Where all else goes too.
remove_copies() {
  second_copies | xargs -r docker rm --force --volumes >/dev/null
  docker exec "$(setting ECOM_PREFIX ecom)-network-policy" network-policy next >/dev/null 2>&1 || true
}

# Where the services themselves have to be healthy first.
finish_updates() {
  if [ -z "$(second_copies)" ] && ! led_elsewhere; then return 0; fi
  scripts/with-packages.sh node scripts/update.ts --finish
}
