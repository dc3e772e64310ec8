# shellcheck shell=bash
# Step: the packet filter goes once nothing is left to protect; its own container leaves it in place on purpose. Sourced by
# stop.sh, destroy.sh and test.sh, after settings.sh.

remove_rules() {
  # Without the image nothing was ever started from here, and Compose would build it.
  docker image inspect "secure-ecommerce/network-policy:$(setting IMAGE_TAG 1.0.0)" >/dev/null 2>&1 || return 0
  docker compose --progress quiet run --rm --no-deps -T network-policy remove
}
