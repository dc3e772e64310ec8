# shellcheck shell=bash
# Step: the four subnets are free. Docker hands out the same range to other projects by itself. Sourced by start.sh.

# as_number A.B.C.D: prints it as one number.
as_number() {
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  echo $(((a << 24) + (b << 16) + (c << 8) + d))
}

# overlaps SUBNET SUBNET: whether two IPv4 subnets share an address.
overlaps() {
  local length=${1#*/} other=${2#*/}
  [ "$length" -le "$other" ] || length=$other
  [ $(($(as_number "${1%/*}") >> (32 - length))) -eq $(($(as_number "${2%/*}") >> (32 - length))) ]
}

# One line for each IPv4 subnet that Docker has given out: network, Compose project, subnet.
docker_subnets() {
  # shellcheck disable=SC2016 # these are the template's variables
  docker network ls --quiet | xargs docker network inspect --format \
    '{{$n := .Name}}{{$p := index .Labels "com.docker.compose.project"}}{{range .IPAM.Config}}{{$n}} {{or $p "-"}} {{.Subnet}}{{"\n"}}{{end}}' |
    grep -E ' [0-9.]+/[0-9]+$'
}

check_networks() {
  local project name ours theirs owner subnet default=172.20.0
  project=$(setting COMPOSE_PROJECT_NAME secure-ecommerce)
  for name in NET_FRONTEND NET_BACKEND NET_DATABASE NET_PAYMENT; do
    ours=$(setting "$name" "$default").0/24
    default=172.$((${default:4:2} + 1)).0
    while read -r theirs owner subnet; do
      if [ "$owner" = "$project" ] || ! overlaps "$ours" "$subnet"; then continue; fi
      fail "expected the subnet $ours to be free but Docker's network $theirs has $subnet" \
        "docker network rm $theirs if nothing needs it, or choose other addresses: echo $name=10.201.${default:5:1} >>.env"
    done < <(docker_subnets)
  done
}
