#!/bin/sh
# with-engine.sh COMMAND…: runs it with a container engine and base images at hand. What is not there it
# brings: an engine of this clone's own (ended with the command), images where no registry is reached.
# Ends with 75 where no engine runs and none can be started.
set -eu
cd "$(dirname "$0")/../.."
HERE=deploy/containers
PATH=$PATH:/usr/sbin:/sbin
BEGAN=${BEGAN:-$(date +%s)} # For those who have to be ready in time.
export PATH BEGAN

finish() {
    if [ -n "$ours" ]; then $HERE/engine.sh stop || true; fi
}

images="python postgres valkey nginx"
if [ -n "${PROVE:-}" ]; then images=""; fi # All there are.
ours=""
eval "$($HERE/engine.sh env)"
if ! timeout 20 docker version >/dev/null 2>&1; then
    ours=yes
    trap finish EXIT
    trap 'exit 143' TERM INT HUP
    $HERE/engine.sh start || exit 75
    eval "$($HERE/engine.sh env)"
fi
if ! timeout 20 docker manifest inspect python:3.13-slim >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    $HERE/local-images.sh $images
fi
# The reaper's image cannot be had everywhere: what tests start they stop themselves.
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CONNECTION_MODE=docker_host
"$@"
