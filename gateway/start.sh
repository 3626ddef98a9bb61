#!/bin/sh
# The container's start: fill in the template, then be nginx.
set -eu
export GATEWAY_RUN="${GATEWAY_RUN:-/tmp/gateway}" GATEWAY_FILES=/gateway STATIC_ROOT=/static
export GATEWAY_ACCESS_LOG=/dev/stdout
# With GATEWAY_RESOLVE=resolve, upstreams are asked for by name every two seconds, at the container's DNS.
GATEWAY_RESOLVE="${GATEWAY_RESOLVE:-}" GATEWAY_RESOLVER=""
if [ -n "$GATEWAY_RESOLVE" ]; then
    server=$(sed -n 's/^nameserver \([0-9.]*\)$/\1/p' /etc/resolv.conf | head -n 1)
    GATEWAY_RESOLVER="resolver $server valid=2s ipv6=off; resolver_timeout 2s;"
fi
export GATEWAY_RESOLVE GATEWAY_RESOLVER
# Each static file with the version that pages ask for it by: see common.web.pages.static_url.
STATIC_VERSIONS=$(cd /static && find . -type f | while read -r file; do
    printf '"/static/%s:%.12s" "public, max-age=31536000, immutable";\n' "${file#./}" "$(sha256sum "$file")"
done)
export STATIC_VERSIONS
mkdir -p "$GATEWAY_RUN"
names=$(grep -o '\${[A-Z_]*}' /gateway/nginx.conf.template | sort -u | tr '\n' ' ')
envsubst "$names" </gateway/nginx.conf.template >"$GATEWAY_RUN/nginx.conf"
exec nginx -p "$GATEWAY_RUN" -c "$GATEWAY_RUN/nginx.conf" -e stderr
