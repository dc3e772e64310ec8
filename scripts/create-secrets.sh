#!/usr/bin/env bash
# Makes every secret of the stack that is not there yet, from the system's random source; never changes one that is.
# Each file is 0400 and belongs to the one uid that reads it in its container, in a folder only you can open. The owner
# is set by a container, so an ordinary user of the "docker" group needs no root. secrets/README.md lists the files. What it does is
# in the operator's audit trail, in a folder beside that one.
# Usage: scripts/create-secrets.sh        SECRETS_DIR=./secrets is the folder
#        scripts/create-secrets.sh new-identities, revocations, or offer, use or retire and a secret's name: what rotate-secrets.sh runs
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh

[[ $* =~ ^(|new-identities|revocations|(offer|use|retire)\ [a-z_]+)$ ]] || fail "expected no argument but found $*" 'scripts/create-secrets.sh'

umask 077
folder=$(setting SECRETS_DIR ./secrets)
node=$(setting NODE_IMAGE node:24.21.0-trixie-slim)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
[ -O "$folder" ] || fail "expected $folder to belong to you but it belongs to $(stat -c %U "$folder")" "run this as that user, or remove the folder"
trail=$folder-audit
mkdir -p "$trail"
chmod 700 "$folder" "$trail"
# One at a time: the authority has one book, and drafts have one place.
if command -v flock >/dev/null; then exec 8<"$folder" && flock 8; fi
docker image inspect "$node" >/dev/null 2>&1 || fail "expected the image $node but did not find it" "scripts/base-images.sh"

# The authority's key stays on this side: the container below finds an empty folder in its place.
authority() { scripts/secrets/authority.sh "$folder/ca" "$@"; }

# draft_identity SERVICE SUBJECT: a new key and certificate; PostgreSQL wants the name of the role as the subject.
draft_identity() {
  authority issue "URI:spiffe://secure-ecommerce/$1,DNS:$1" "$2" '1 minute ago' "$lifetime" "$folder/.drafts/$1.pem" ||
    fail "openssl made no certificate for $1" 'read the lines above'
  authority supersede "$1" "$folder/.drafts/$1.pem"
}

# A certificate is made anew when a third of its life is left, so that an operator who starts the shop now and then never finds
# one that has run out.
draft_identities() {
  local service subject third
  lifetime=$(setting CERTIFICATE_LIFETIME '30 days')
  third=$((($(date --date "$lifetime" +%s 2>/dev/null || echo 0) - $(date +%s)) / 3))
  [ "$third" -ge 20 ] || fail "expected CERTIFICATE_LIFETIME to be a time such as 30 days, a minute at least, but found $lifetime"
  authority ensure || fail 'the certificate authority cannot be used' 'follow the line above'
  [ "${1:-}" != revocations ] || authority revoke-superseded
  while read -r service _ subject; do
    if [ "${1:-}" = new-identities ] || [ ! -e "$folder/${service//-/_}_identity/identity.pem" ] || ! authority good "$service" "$third"; then
      draft_identity "$service" "$subject"
    fi
  done <scripts/secrets/identities.txt
  cp "$folder/ca/authority.pem" "$folder/ca/revoked.pem" "$folder/.drafts/"
}

# What browsers see: your own pair, or one for this machine that nobody but itself has signed, so that whoever trusts it trusts nothing
# else: the authority of the services could make a certificate for any name.
draft_certificate() {
  local chain key
  chain=$(setting TLS_CERT_FILE '')
  key=$(setting TLS_KEY_FILE '')
  if [ -n "$chain$key" ]; then
    scripts/secrets/certificate.sh take "$chain" "$key" "$folder/.drafts/shop.pem" || exit 1
  elif [ ! -e "$folder/shop_certificate/certificate.pem" ] || ! scripts/secrets/certificate.sh good "$folder/ca/in-use/shop.pem"; then
    scripts/secrets/certificate.sh make "$folder/.drafts/shop.pem" || exit 1
  fi
}

command -v openssl >/dev/null || fail "expected openssl to make certificates but did not find it" "install openssl, then run this again"
trap 'rm -rf "$folder"/.drafts' EXIT
rm -rf "$folder/.drafts"
mkdir -p "$folder/.drafts"
draft_certificate
draft_identities "$@"
[ ! -e "$folder/.drafts/shop.pem" ] || authority supersede shop "$folder/.drafts/shop.pem"

docker run --rm --network none --read-only --cap-drop ALL --cap-add CHOWN --cap-add DAC_OVERRIDE --cap-add FOWNER \
  --security-opt no-new-privileges --user 0:0 --volume "$folder:/secrets" --tmpfs /secrets/ca --volume "$trail:/audit" \
  --volume "$PWD/scripts:/shop/scripts:ro" --volume "$PWD/services/kit/src:/shop/services/kit/src:ro" \
  "$node" node /shop/scripts/secrets/create.ts "$@" || exit 1
say "Secrets: $folder, complete"
