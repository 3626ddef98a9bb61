#!/bin/bash
# What the public image does at its start, as far as the compose file relies on it: one user, who
# may come from other machines.
set -euo pipefail
umask 077
mkdir -p "$HOME/conf"
cat >"$HOME/conf/rabbitmq.conf" <<CONF
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}
loopback_users.guest = true
log.console = true
log.console.level = warning
log.file = false
CONF
export RABBITMQ_CONFIG_FILE="$HOME/conf/rabbitmq" RABBITMQ_LOG_BASE="$HOME" RABBITMQ_NODENAME=rabbit@localhost
exec "$@"
