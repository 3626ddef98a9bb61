#!/bin/bash
# Who may read the server's figures, and nothing else: for postgres-exporter. Runs once, on an empty volume.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -U postgres -v password="$MONITOR_PASSWORD" <<'SQL'
create role monitor login nosuperuser nobypassrls nocreatedb nocreaterole in role pg_monitor password :'password';
SQL
