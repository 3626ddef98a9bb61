#!/bin/bash
# What the public image does at its start, as far as the compose file relies on it: makes the
# cluster once, runs /docker-entrypoint-initdb.d on a server that only its own socket reaches.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA"
    initdb -D "$PGDATA" -U "${POSTGRES_USER:=postgres}" --pwfile=<(printf %s "${POSTGRES_PASSWORD:?}") \
        --auth-local=trust --auth-host=scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-instructions
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -w start -o "-c listen_addresses='' -c unix_socket_directories=/tmp"
    export PGHOST=/tmp
    if [ "${POSTGRES_DB:-postgres}" != postgres ]; then
        createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
    fi
    for script in /docker-entrypoint-initdb.d/*.sh; do
        if [ -f "$script" ]; then bash "$script"; fi
    done
    pg_ctl -D "$PGDATA" -w -m fast stop
fi
exec "$@" -c listen_addresses='*' -c unix_socket_directories=/tmp
