# shellcheck shell=bash
# Step: a Docker engine answers, with Compose v2 and BuildKit. Sourced by start.sh and test.sh.
# check_docker changes nothing and says what is to come; ensure_docker does it.

# os_release NAME: prints a value of /etc/os-release, nothing where there is none.
os_release() {
  [ ! -f /etc/os-release ] || sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" /etc/os-release
}

docker_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# packages_missing: what has to be installed, by its Debian or Ubuntu package names.
packages_missing() {
  local compose=docker-compose engine='docker.io docker-cli'
  [ "$(os_release ID)" != ubuntu ] || { compose=docker-compose-v2 engine=docker.io; }
  docker_answers || command -v dockerd >/dev/null || echo "$engine"
  docker compose version >/dev/null 2>&1 || echo "$compose"
  docker buildx version >/dev/null 2>&1 || echo docker-buildx
  command -v openssl >/dev/null || echo openssl
}

# may_install: whether this is a system whose packages we know, and we may.
may_install() {
  [ "$(id -u)" -eq 0 ] || return 1
  case $(os_release ID) in
  debian) [ "$(os_release VERSION_ID)" -ge 12 ] ;;
  ubuntu) true ;;
  *) false ;;
  esac
}

check_docker() {
  local missing
  missing=$(packages_missing | tr '\n' ' ')
  if [ -n "$missing" ]; then
    may_install || fail "expected Docker Engine 25 or newer with Compose v2 and buildx, but found no: $missing" \
      "install them (https://docs.docker.com/engine/install), or run this once as root on Debian 12+ or Ubuntu: sudo npm start"
    say "Will install from this system's packages: $missing"
  elif ! docker_answers; then
    if docker version 2>&1 | grep -q 'permission denied'; then
      fail "this user may not talk to Docker" "sudo usermod --append --groups docker $(id -un), then log in again"
    fi
    { [ "$(id -u)" -eq 0 ] && command -v dockerd >/dev/null; } ||
      fail "expected a running Docker engine but none answers" "start Docker Desktop, or: sudo systemctl start docker"
    say "Will start the Docker daemon"
  fi
}

# Debian 12 has no Compose v2. Trixie's engine runs there, and the pins keep everything else of trixie away.
use_trixie_for_docker() {
  local mirror
  mirror=$(scripts/debian-mirror.sh main)
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' \
    "$mirror" /usr/share/keyrings/debian-archive-keyring.gpg >/etc/apt/sources.list.d/docker-from-trixie.sources
  cat >/etc/apt/preferences.d/docker-from-trixie <<'PINS'
Package: *
Pin: release n=trixie
Pin-Priority: -1

Package: docker.io docker-cli docker-compose docker-buildx
Pin: release n=trixie
Pin-Priority: 990
PINS
}

install_packages() {
  local missing
  mapfile -t missing < <(packages_missing | tr ' ' '\n')
  [ "${#missing[@]}" -gt 0 ] || return 0
  echo "Installing ${missing[*]}"
  if [ "$(os_release ID):$(os_release VERSION_ID)" = debian:12 ]; then use_trixie_for_docker; fi
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" iptables ca-certificates
}

# A daemon that was killed leaves pid files behind, and refuses to start when another process has that number by now.
remove_stale_pid_files() {
  local file
  for file in /var/run/docker.pid:dockerd /var/run/docker/containerd/containerd.pid:containerd; do
    [ -f "${file%:*}" ] || continue
    [ "$(cat "/proc/$(cat "${file%:*}")/comm" 2>/dev/null)" = "${file#*:}" ] || rm -f "${file%:*}"
  done
}

start_daemon() {
  local log=/var/log/dockerd.log daemon='' waited=0
  if [ -d /run/systemd/system ]; then
    systemctl enable --now docker
  else
    remove_stale_pid_files
    # Without the lock of take-turn.sh, which it would hold for as long as it lives.
    setsid dockerd >>"$log" 2>&1 </dev/null 9>&- &
    daemon=$!
  fi
  until docker_answers; do
    if [ "$waited" -ge 60 ] || { [ -n "$daemon" ] && ! kill -0 "$daemon" 2>/dev/null; }; then
      [ ! -f "$log" ] || tail -n 8 "$log"
      fail 'the Docker daemon did not start' "see $log, or: systemctl status docker"
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

# at_least FOUND WANTED: compares versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort --version-sort | head -n 1)" = "$2" ]; }

ensure_docker() {
  local engine compose
  install_packages
  docker_answers || start_daemon
  engine=$(docker version --format '{{.Server.Version}}')
  compose=$(docker compose version --short)
  at_least "$engine" 25 || fail "expected Docker Engine 25 or newer but found $engine" "upgrade it: https://docs.docker.com/engine/install"
  at_least "${compose#v}" 2.21 || fail "expected Compose 2.21 or newer but found $compose" "upgrade it: https://docs.docker.com/compose/install"
  echo "Docker Engine $engine, Compose $compose"
}
