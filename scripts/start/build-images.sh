# shellcheck shell=bash
# Step: the images of the stack, from what is in the working tree. Sourced by start.sh and test.sh.

build_images() {
  # Behind a proxy that inspects TLS, npm in the build needs the certificates this machine trusts; and where a site has
  # a package registry of its own, that one. Neither stays in an image.
  if [ -z "${CA_BUNDLE:-}" ] && [ -f "${NODE_EXTRA_CA_CERTS:-}" ]; then export CA_BUNDLE=$NODE_EXTRA_CA_CERTS; fi
  if [ -z "${NPM_REGISTRY:-}" ]; then
    NPM_REGISTRY=$(npm config list 2>/dev/null | sed -n 's/^registry = "\(.*\)"$/\1/p' | tail -n 1)
    export NPM_REGISTRY
  fi
  docker compose --progress plain build "$@"
}
