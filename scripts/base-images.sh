#!/usr/bin/env bash
# Provides the two outside images every other image is built on. Where no registry serves them, it builds both locally
# from Debian's signed archive and npm's "node" package, and remembers that choice in .env. Quick when they are there.
# Usage: scripts/base-images.sh        DEBIAN_IMAGE, NODE_IMAGE name other images; DEBIAN_MIRROR another archive
# Needs root only to build locally.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh

debian_tag=debian:13.7-slim
node_tag=node:24.21.0-trixie-slim
local_debian=secure-ecommerce/debian:trixie-slim
local_node=secure-ecommerce/node:24-trixie-slim
npm_version=11.21.2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

have() { docker image inspect "$1" >/dev/null 2>&1; }

# A registry that does not answer must cost seconds, not a client's patience.
obtain() {
  have "$1" && return
  case $1 in secure-ecommerce/*) return 1 ;; esac
  say "Pulling $1 …"
  timeout 300 docker pull --quiet "$1"
}

ensure_debootstrap() {
  if command -v debootstrap >/dev/null && [ -f "$keyring" ]; then return; fi
  command -v apt-get >/dev/null ||
    fail "expected debootstrap and $keyring to build the base image but did not find them" 'install debootstrap and debian-archive-keyring'
  say 'Installing debootstrap and debian-archive-keyring …'
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends debootstrap debian-archive-keyring
}

build_debian() (
  local mirror security root suites='trixie trixie-updates'
  [ "$(id -u)" -eq 0 ] || fail "no registry serves $debian_tag, and building it here needs root" "sudo $PWD/scripts/base-images.sh"
  ensure_debootstrap
  mirror=$(scripts/debian-mirror.sh main)
  security=$(scripts/debian-mirror.sh security 2>/dev/null) || security=
  root=$(mktemp -d)
  # shellcheck disable=SC2064 # the directory of now is the one to remove
  trap "rm -rf --one-file-system '$root'" EXIT

  say "Building $local_debian from $mirror …"
  debootstrap --variant=minbase --force-check-gpg --keyring="$keyring" \
    trixie "$root" "$mirror" || fail "debootstrap ended with $?: $(tail -n 1 "$root/debootstrap/debootstrap.log" 2>/dev/null)" \
    "see that $mirror is reached and serves trixie, or name another one in DEBIAN_MIRROR"

  say "Taking in updates …"
  rm -f "$root/etc/apt/sources.list"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' \
    "$mirror" "$suites" "$keyring" >"$root/etc/apt/sources.list.d/debian.sources"
  [ -z "$security" ] || printf 'Types: deb\nURIs: %s\nSuites: trixie-security\nComponents: main\nSigned-By: %s\n' \
    "$security" "$keyring" >>"$root/etc/apt/sources.list.d/debian.sources"
  # What the official slim image leaves out, so that packages installed later leave it out too.
  printf 'path-exclude /usr/share/%s/*\n' doc man info locale groff lintian linda >"$root/etc/dpkg/dpkg.cfg.d/slim"
  printf '%s;\n' 'Acquire::Languages "none"' 'APT::Install-Recommends "false"' 'Dir::Cache::pkgcache ""' \
    'Dir::Cache::srcpkgcache ""' 'Binary::apt::APT::Keep-Downloaded-Packages "false"' >"$root/etc/apt/apt.conf.d/slim"
  chroot "$root" apt-get update
  DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get --yes dist-upgrade
  rm -rf "$root"/usr/share/{doc,man,info,locale}/* "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* \
    "$root"/var/log/* "$root"/var/cache/debconf/*-old "$root"/etc/{resolv.conf,hostname,machine-id} "$root"/debootstrap
  tar --directory "$root" --numeric-owner --create . |
    docker import --change 'CMD ["bash"]' --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$local_debian" >/dev/null
)

build_node() (
  local context arch
  case $(docker version --format '{{.Server.Arch}}') in
  amd64) arch=x64 ;;
  arm64) arch=arm64 ;;
  *) fail "expected an amd64 or arm64 Docker engine but found $(docker version --format '{{.Server.Arch}}')" ;;
  esac
  context=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$context'" EXIT
  say "Building $local_node with Node 24.21.0 from npm …"
  npm pack --silent --pack-destination "$context" "node-linux-$arch@24.21.0" "npm@$npm_version" >/dev/null
  mkdir -p "$context/node" "$context/npm"
  tar -xzf "$context"/node-linux-*.tgz -C "$context/node" --strip-components 2 package/bin/node
  tar -xzf "$context/npm-$npm_version.tgz" -C "$context/npm" --strip-components 1
  rm "$context"/*.tgz
  docker build --quiet --tag "$local_node" --build-arg "DEBIAN_IMAGE=$1" --file scripts/images/node.Dockerfile "$context" >/dev/null
)

debian=$(setting DEBIAN_IMAGE "$debian_tag")
if ! obtain "$debian"; then
  debian=$local_debian
  if ! have "$debian"; then build_debian; fi
  remember DEBIAN_IMAGE "$debian"
fi

node=$(setting NODE_IMAGE "$node_tag")
if ! obtain "$node"; then
  node=$local_node
  if ! have "$node"; then build_node "$debian"; fi
  remember NODE_IMAGE "$node"
fi
say "Base images: $debian, $node"
