#!/bin/sh
# `docker compose exec checkout-worker orderlink ops dead list`: told by the container's environment.
exec python3 -m common.commands "$@"
