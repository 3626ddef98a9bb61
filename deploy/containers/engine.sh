#!/bin/sh
# A container engine of this clone's own, for where none runs: engine.sh start | stop | clean | env
# All it writes is in var/containers, or in $CONTAINERS; needs root and, on Debian, what `start` asks for.
#   eval "$(deploy/containers/engine.sh env)"     points docker and compose at it
set -eu
cd "$(dirname "$0")/../.."
W=${CONTAINERS:-$PWD/var/containers}
SOCKET=$W/run/docker.sock

show_env() {
    # An engine that others run is used as it is.
    if [ ! -S "$SOCKET" ] && docker version >/dev/null 2>&1; then return; fi
    echo "export DOCKER_HOST=unix://$SOCKET DOCKER_CONFIG=$W/config DOCKER_BUILDKIT=1"
}

alive() { # pid file: whether it is the pid of a running engine
    [ -s "$1" ] && grep -q "$2" "/proc/$(cat "$1")/comm" 2>/dev/null
}

start() {
    if alive "$W/run/dockerd.pid" dockerd; then return; fi
    missing=""
    command -v dockerd >/dev/null || missing="$missing docker.io containerd runc"
    command -v iptables >/dev/null || missing="$missing iptables"
    command -v debootstrap >/dev/null || missing="$missing debootstrap"
    if [ -n "$missing" ]; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            echo "No container engine runs here, and only root could start one; not installed:$missing" >&2
            exit 1
        fi
        apt-get update -qq
        # From Debian 13 on the client is a package of its own.
        if ! command -v docker >/dev/null && apt-cache show docker-cli >/dev/null 2>&1; then
            missing="$missing docker-cli"
        fi
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
    mkdir -p "$W/run" "$W/config"
    rm -f "$W/run/dockerd.pid" "$SOCKET"
    setsid dockerd --data-root "$W/data" --exec-root "$W/run/exec" --pidfile "$W/run/dockerd.pid" \
        --log-level warn -H "unix://$SOCKET" >"$W/dockerd.log" 2>&1 </dev/null &
    for _ in $(seq 300); do
        if DOCKER_HOST=unix://$SOCKET docker version >/dev/null 2>&1; then return; fi
        sleep .1
    done
    echo "The engine did not start; what it said:" >&2
    tail -n 20 "$W/dockerd.log" >&2
    exit 1
}

stop() {
    if alive "$W/run/dockerd.pid" dockerd; then
        pid=$(cat "$W/run/dockerd.pid")
        kill "$pid"
        for _ in $(seq 300); do
            if [ ! -d "/proc/$pid" ]; then break; fi
            sleep .1
        done
        if [ -d "/proc/$pid" ]; then kill -KILL "$pid"; fi
    fi
    # An engine that was killed leaves these behind: what ran in containers, and what was mounted.
    if alive "$W/run/exec/containerd/containerd.pid" containerd; then
        kill -KILL "$(cat "$W/run/exec/containerd/containerd.pid")"
    fi
    for process in /proc/[0-9]*; do
        if cat "$process/cmdline" 2>/dev/null | tr '\0' ' ' | grep -q "^[^ ]*containerd-shim.* $W/run/exec/"; then
            kill -KILL "${process#/proc/}" 2>/dev/null || true
        fi
    done
    awk -v w="$W/" 'index($2, w) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do
        umount -l "$mount" || true
    done
}

case ${1:-} in
start) start ;;
stop) stop ;;
clean)
    stop
    rm -rf "$W"
    ;;
env) show_env ;;
*)
    echo "engine.sh start | stop | clean | env" >&2
    exit 2
    ;;
esac
