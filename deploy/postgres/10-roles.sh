#!/bin/bash
# One database and two roles per service; nobody else may connect. Runs once, on an empty volume.
set -euo pipefail

for service in identity catalog links checkout notifications; do
    owner_password="${service^^}_OWNER_PASSWORD"
    app_password="${service^^}_APP_PASSWORD"
    psql -v ON_ERROR_STOP=1 -U postgres \
        -v service="$service" -v owner="${service}_owner" -v app="${service}_app" \
        -v owner_password="${!owner_password}" -v app_password="${!app_password}" <<'SQL'
create role :"owner" login nosuperuser nobypassrls nocreatedb nocreaterole password :'owner_password';
create role :"app" login nosuperuser nobypassrls nocreatedb nocreaterole password :'app_password';
create database :"service" owner :"owner";
revoke all on database :"service" from public;
grant connect on database :"service" to :"app";
SQL
done
