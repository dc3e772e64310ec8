# shellcheck shell=bash
# What tells the test stack from a running shop. Sourced by test.sh.
export COMPOSE_FILE=docker-compose.yml
export COMPOSE_PROJECT_NAME=secure-ecommerce-test
export ECOM_PREFIX=etest
export NET_FRONTEND=10.197.0 NET_BACKEND=10.197.1 NET_DATABASE=10.197.2 NET_PAYMENT=10.197.3
export MAC_PREFIX=02:ec:02
export BIND_ADDRESS=127.0.0.1 HTTP_PORT=8480 HTTPS_PORT=8443
export IMAGE_TAG=test
# No test reaches a real name server or a real payment provider: this address is of the range for documentation.
export PAYMENT_PROVIDER=simulated STRIPE_RESOLVER=198.51.100.253
export AUTH_MODE=demo WAF_MODE=Off SAMPLE_CATALOGUE=true LOG_LEVEL=info POINT_IN_TIME=off
# Suites are one client that asks for much. Those of the limits make what they need themselves.
export LIMIT_CONNECTIONS=10000 LIMIT_REQUESTS=1000000 LIMIT_BURST=1000000 LIMIT_BANDWIDTH=1000000
export LIMIT_ANONYMOUS_WRITES=100000000 LIMIT_ACCOUNT_WRITES=100000000 LIMIT_LOGIN_FAILURES=100000000
export LIMIT_COUNTERS=memory LIMIT_STOREFRONT_WRITES=100000000 LIMIT_STOREFRONT_LOGIN_FAILURES=100000000
SECRETS_DIR=${TMPDIR:-/tmp}/secure-ecommerce-test-$(id -u)/secrets
export SECRETS_DIR
