# shellcheck shell=bash
# Step: the packet filter goes once nothing is left to protect; its own container leaves it in place on purpose. Sourced by
# stop.sh, destroy.sh and test.sh, after settings.sh.

remove_rules() {
  local image
  image=secure-ecommerce/network-policy:$(setting IMAGE_TAG 1.0.0)
  # Without the image nothing was ever started from here, and Compose would build it.
  docker image inspect "$image" >/dev/null 2>&1 || return 0
  # Past Compose, which starts nothing of the stack once its secrets are gone.
  docker run --rm --network host --read-only --user 0:0 --cap-drop ALL --cap-add NET_ADMIN --security-opt no-new-privileges \
    --env "POLICY_TABLE=$(setting ECOM_PREFIX ecom)_policy" "$image" remove
}
