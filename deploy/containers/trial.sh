#!/bin/sh
# What .ci/run does on containers (by with-engine.sh): docker compose up, make demo on it, then the
# tests on containers. Says how many seconds each step took.
set -eu
cd "$(dirname "$0")/../.."
FILE=var/trial.env
SLOW=420 # Seconds until here beyond which all tests would not end within the 20 minutes of .ci/run.
began=${BEGAN:-$(date +%s)}

compose() { docker compose -p orderlink-trial --env-file $FILE "$@"; }

step() { # words, command
    words=$1
    shift
    since=$(date +%s)
    "$@" >var/log/trial.log 2>&1 || {
        echo "✗ $words; the last that was said:"
        tail -n 40 var/log/trial.log
        return 1
    }
    echo "✓ $words: $(($(date +%s) - since)) s"
}

finish() {
    status=$?
    if [ $status != 0 ]; then
        compose ps -a --format '{{.Name}} {{.State}} {{.Health}} {{.ExitCode}}' || true
        compose logs --no-color --tail 10 || true
    fi
    compose down --volumes --timeout 20 >/dev/null 2>&1 || true
    rm -f $FILE
}

worlds() { compose ps -aq identity-world catalog-world links-world checkout-world notifications-world; }

worlds_are_written() { # Each ends with 0; one that failed is tried again by its restart policy.
    for container in $(worlds); do
        [ "$(timeout 300 docker wait "$container")" = 0 ] || return 1
    done
}

mkdir -p var/log
# shellcheck disable=SC2046
set -- $(.venv/bin/python -c 'from devstack.servers.ports import free_ports; print(*free_ports(2))')
.venv/bin/python -m devstack.deploy --demo --port "$1" --twins-port "$2" >$FILE
trap finish EXIT
trap 'exit 143' TERM INT HUP
step "images built" compose build
step "docker compose up" compose up --detach
step "demo world written" worlds_are_written
step "make demo" make demo "GATEWAY=http://127.0.0.1:$1" "TWINS=http://127.0.0.1:$2"
step "docker compose down" compose down --volumes --timeout 20
if [ $(($(date +%s) - began)) -gt $SLOW ]; then
    echo "This machine is slow: of the tests on containers only the journeys without attacks are played."
    export FEW=1
fi
make test STACK=docker
echo "all of it took $(($(date +%s) - began)) s"
