#!/usr/bin/env bash
# The shop's own certificate authority, in a folder that no container sees. Needs openssl 3.
# Usage: authority.sh FOLDER ensure                          make it, if there is none
#        authority.sh FOLDER issue NAMES CN FROM UNTIL FILE  a key and its certificate into FILE, times as date(1) reads them
#        authority.sh FOLDER supersede SERVICE FILE          FILE is the one in use from now on
#        authority.sh FOLDER revoke-superseded               every certificate that is not in use
#        authority.sh FOLDER good SERVICE SECONDS            whether the one in use is good for that much longer
set -euo pipefail
export AUTHORITY=$1
CONFIG=$(dirname "$0")/authority.cnf
umask 077

# say_why COMMAND…: openssl says much, and only on failure is it worth reading.
say_why() {
  local said
  said=$("$@" 2>&1) || {
    echo "$said" >&2
    exit 1
  }
}

# What cannot be made again is never replaced: with another authority nobody would believe what is running.
ensure() {
  local file
  if [ -d "$AUTHORITY" ]; then
    for file in authority_key.pem authority.pem index.txt issued in-use; do
      [ -e "$AUTHORITY/$file" ] || {
        echo "expected $AUTHORITY to be whole but $file is missing. Restore it; or remove that folder, make everything anew, and recreate all containers" >&2
        exit 1
      }
    done
    [ -f "$AUTHORITY/revoked.pem" ] || publish_revocations
    return 0
  fi
  local whole=$AUTHORITY
  export AUTHORITY=$whole.new
  rm -rf "$AUTHORITY"
  mkdir -p "$AUTHORITY"/{issued,in-use}
  touch "$AUTHORITY/index.txt"
  say_why openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 3650 \
    -subj '/CN=secure-ecommerce authority' -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$AUTHORITY/authority_key.pem" -out "$AUTHORITY/authority.pem"
  publish_revocations
  mv "$AUTHORITY" "$whole"
}

publish_revocations() {
  NAMES='' say_why openssl ca -config "$CONFIG" -gencrl -out "$AUTHORITY/revoked.new"
  mv "$AUTHORITY/revoked.new" "$AUTHORITY/revoked.pem"
}

asn1_time() { date --utc --date "$1" +%Y%m%d%H%M%SZ; }

issue() {
  local names=$1 subject=$2 from=$3 until=$4 file=$5
  say_why openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -subj "/CN=$subject" \
    -keyout "$file.key" -out "$file.request"
  NAMES=$names say_why openssl ca -config "$CONFIG" -batch -notext -in "$file.request" -out "$file.certificate" \
    -startdate "$(asn1_time "$from")" -enddate "$(asn1_time "$until")"
  # One file, so that key and certificate are replaced in one step.
  cat "$file.key" "$file.certificate" >"$file"
  rm "$file.key" "$file.request" "$file.certificate"
}

supersede() {
  openssl x509 -in "$2" -out "$AUTHORITY/in-use/$1.pem"
  sha256sum <"$2" | cut -d ' ' -f 1 >"$AUTHORITY/in-use/$1.sha256"
}

revoke_superseded() {
  local used serial
  used=$(find "$AUTHORITY/in-use" -name '*.pem' -exec openssl x509 -in {} -noout -serial ';' | cut -d = -f 2)
  # The fourth column of openssl's index is the serial number, the first V for valid.
  while read -r serial; do
    grep -q -x "$serial" <<<"$used" ||
      NAMES='' say_why openssl ca -config "$CONFIG" -revoke "$AUTHORITY/issued/$serial.pem" -crl_reason superseded
  done < <(awk -F '\t' '$1 == "V" { print $4 }' "$AUTHORITY/index.txt")
  publish_revocations
}

good() {
  [ -f "$AUTHORITY/in-use/$1.pem" ] || return 1
  openssl x509 -in "$AUTHORITY/in-use/$1.pem" -noout -checkend "$2" >/dev/null &&
    openssl verify -CAfile "$AUTHORITY/authority.pem" -crl_check -CRLfile "$AUTHORITY/revoked.pem" \
      "$AUTHORITY/in-use/$1.pem" >/dev/null 2>&1
}

case $2 in
ensure) ensure ;;
issue) issue "${@:3}" ;;
supersede) supersede "${@:3}" ;;
revoke-superseded) revoke_superseded ;;
good) good "${@:3}" ;;
*)
  echo "expected ensure, issue, supersede, revoke-superseded or good but found $2" >&2
  exit 2
  ;;
esac
