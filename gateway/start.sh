#!/bin/sh
# The container's start: fill in the template, then be nginx.
set -eu
export GATEWAY_RUN="${GATEWAY_RUN:-/tmp/gateway}" GATEWAY_FILES=/gateway STATIC_ROOT=/static
export GATEWAY_ACCESS_LOG=/dev/stdout
mkdir -p "$GATEWAY_RUN"
names=$(sed -n 's/.*\(\${[A-Z_]*}\).*/\1/p' /gateway/nginx.conf.template | sort -u | tr '\n' ' ')
envsubst "$names" </gateway/nginx.conf.template >"$GATEWAY_RUN/nginx.conf"
exec nginx -p "$GATEWAY_RUN" -c "$GATEWAY_RUN/nginx.conf" -e stderr
