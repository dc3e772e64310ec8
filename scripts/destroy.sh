#!/usr/bin/env bash
# Removes the shop's containers, networks and volumes: every product, order and payment. Asks first.
# Usage: npm run destroy -- [--yes] [--images] [--secrets]
#   --yes      do not ask
#   --images   this project's images too, and base images that were built here once nothing else is built on them
#   --secrets  the secrets and the operator's audit trail too, without which no backup is of use; files of your own in their folder stay
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh
# shellcheck source=scripts/policy/remove-rules.sh
. scripts/policy/remove-rules.sh
# shellcheck source=scripts/start/watch-drift.sh
. scripts/start/watch-drift.sh
# shellcheck source=scripts/update/remove-copies.sh
. scripts/update/remove-copies.sh
# shellcheck source=scripts/start/take-turn.sh
. scripts/start/take-turn.sh

yes=false images=false secrets=false
for option in "$@"; do
  case $option in
  --yes) yes=true ;;
  --images) images=true ;;
  --secrets) secrets=true ;;
  *) fail "expected --yes, --images or --secrets but found $option" ;;
  esac
done

project=$(setting COMPOSE_PROJECT_NAME secure-ecommerce)
if [ "$yes" = false ]; then
  say "This removes $project with all its data: $(docker volume ls --quiet --filter "label=com.docker.compose.project=$project" | tr '\n' ' ')"
  printf 'Type the name of the project to go on: '
  read -r answer || answer=
  [ "$answer" = "$project" ] || fail "expected $project but found \"$answer\"; nothing was removed" 'npm run destroy -- --yes does not ask'
fi

take_turn 'npm run destroy'
end_drift_watch
remove_copies
# Profiles that are off now may have been on.
COMPOSE_PROFILES='*' docker compose stop
remove_rules
COMPOSE_PROFILES='*' docker compose down --volumes
if [ "$secrets" = true ]; then
  folder=$(setting SECRETS_DIR ./secrets)
  folder=${folder%/}
  # What create.ts makes, and nothing else that the folder may hold.
  while read -r name _; do rm -f "$folder/$name" "$folder/.$name.new" "$folder/.next.$name"; done <scripts/secrets/owners.txt
  while read -r service _; do rm -rf "$folder/${service//-/_}_identity"; done <scripts/secrets/identities.txt
  rm -rf "$folder/shop_certificate" "$folder/ca"
  # The trail of what was done with them goes with its key.
  rm -f "$folder/operator_audit_anchors" "$folder-audit/operator.jsonl"
  rmdir "$folder-audit" 2>/dev/null || true
fi

images_of() { docker image ls --format '{{.Repository}}:{{.Tag}}' --filter "reference=$1"; }
remove_image() {
  docker image inspect "$1" >/dev/null 2>&1 || return 0
  docker image rm "$1" >/dev/null 2>&1 || say "Kept $1: another container or image needs it"
}
if [ "$images" = true ]; then
  for image in $(COMPOSE_PROFILES='*' docker compose config --images | sort --unique); do
    for tag in "$image" "$image-next" "$image-before"; do remove_image "$tag"; done
  done
  # Another stack's images may be built on the same base.
  if ! images_of 'secure-ecommerce/*' | grep -q -v -E '^secure-ecommerce/(debian|node):'; then
    for image in $(images_of 'secure-ecommerce/*'); do remove_image "$image"; done
  fi
fi
say "$project is removed"
