# shellcheck shell=bash
# Step: the two published ports are free, or held by this very stack. Sourced by start.sh.

# held_by_us PORT: whether our own nginx publishes it.
held_by_us() {
  docker port "$(setting ECOM_PREFIX ecom)-nginx" 2>/dev/null | grep -q ":$1\$"
}

holder_of() {
  command -v ss >/dev/null && ss --no-header --listening --tcp --processes "sport = :$1" 2>/dev/null |
    sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ by \1 (process \2)/p' | head -n 1
}

check_ports() {
  local name port address default
  address=$(setting BIND_ADDRESS 127.0.0.1)
  for name in HTTP_PORT HTTPS_PORT; do
    default=80
    [ "$name" = HTTP_PORT ] || default=443
    port=$(setting "$name" "$default")
    ! held_by_us "$port" || continue
    # Bash connects by itself; nobody there is what we want. 0.0.0.0 is reached by way of loopback.
    ! (exec 3<>"/dev/tcp/${address/#0.0.0.0/127.0.0.1}/$port") 2>/dev/null ||
      fail "expected port $port of $address to be free but it is in use$(holder_of "$port")" \
        "end that, or choose another port: echo $name=$((port + 8000)) >>.env"
  done
}
