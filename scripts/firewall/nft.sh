# shellcheck shell=bash
# Which nft speaks to the kernel. Sourced by setup-firewall.sh and firewall/roll-back.sh.

# nft up to 1.1.1, which Debian 12 and Ubuntu 24.04 have, dies of tables that a newer one wrote, as the shop's packet filter does.
# The newer one is in that filter's image.
find_nft() {
  command -v nft >/dev/null || fail 'expected nft but did not find it' 'install it (Debian, Ubuntu: apt-get install nftables)'
  # Not the last command of its shell, so that this shell tells of the crash to nobody.
  ! (command nft list tables || exit 1) >/dev/null 2>&1 || return 0
  nft_image=secure-ecommerce/network-policy:$(setting IMAGE_TAG 1.0.0)
  # Docker may be at home in another network namespace than this script.
  [ "$(nft_in_image readlink /proc/self/ns/net 2>/dev/null)" = "$(readlink /proc/self/ns/net)" ] ||
    fail "expected an nft that can read this host's tables but found $(command nft --version), which cannot" "install nftables 1.1.2 or later, or run this beside the shop's Docker once npm start has built $nft_image"
}

nft_in_image() {
  docker run --rm --interactive --network host --cap-drop ALL --cap-add NET_ADMIN --read-only \
    --entrypoint "$1" "$nft_image" "${@:2}"
}

nft() {
  if [ -n "${nft_image:-}" ]; then nft_in_image nft "$@"; else command nft "$@"; fi
}

# As it is loaded, without what counts up: what "nft --file" takes again.
listing() { nft --stateless --terse list table inet "$TABLE" 2>/dev/null; }

loaded() { listing >/dev/null; }
