#!/usr/bin/env bash
# The certificate that browsers see, as one file of key and chain, so that both are replaced in one step. Needs openssl 3.
# Usage: certificate.sh make FILE               one for this machine, signed by itself, into FILE
#        certificate.sh good CERTIFICATE        whether that is one of those, and a third of its life is left
#        certificate.sh take CHAIN KEY FILE     your own, once it is sure that browsers would be served with it
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
umask 077

days=365

make() {
  local said
  said=$(openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days "$days" -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1' -addext 'keyUsage=critical,digitalSignature' \
    -addext 'extendedKeyUsage=serverAuth' -keyout "$1.key" -out "$1.chain" 2>&1) || fail "openssl made no certificate: $said"
  cat "$1.key" "$1.chain" >"$1"
  rm "$1.key" "$1.chain"
}

good() {
  [ -f "$1" ] && [ "$(openssl x509 -in "$1" -noout -issuer -nameopt RFC2253)" = issuer=CN=localhost ] &&
    openssl x509 -in "$1" -noout -checkend $((days * 86400 / 3)) >/dev/null
}

may_read() { [ -f "$1" ] && [ -r "$1" ]; }

take() {
  local chain=$1 key=$2 public
  may_read "$chain" || fail "expected TLS_CERT_FILE to be a file that you may read but found \"$chain\"" 'set it to the certificate with its chain, or remove it and TLS_KEY_FILE'
  may_read "$key" || fail "expected TLS_KEY_FILE to be a file that you may read but found \"$key\"" 'set it to the key of the certificate, or remove it and TLS_CERT_FILE'
  public=$(openssl pkey -in "$key" -passin pass: -pubout 2>/dev/null) || fail "expected a private key without a password but found none in $key"
  [ "$public" = "$(openssl x509 -in "$chain" -noout -pubkey 2>/dev/null)" ] || fail "expected $key to be the key of the first certificate of $chain but it is not"
  openssl x509 -in "$chain" -noout -checkend 0 >/dev/null || fail "expected the certificate of $chain to be good but it has run out"
  cat "$key" "$chain" >"$3"
}

case $1 in
make) make "$2" ;;
good) good "$2" ;;
take) take "${@:2}" ;;
*) fail "expected make, good or take but found $1" ;;
esac
