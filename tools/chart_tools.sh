#!/bin/sh
# Makes var/chart, an environment of its own for what only the Helm chart's test needs (200 MB).
set -eu
cd "$(dirname "$0")/.."
venv=var/chart
wanted=$(cksum <requirements/chart.txt)
if [ -f $venv/complete ] && [ "$(cat $venv/complete)" = "$wanted" ]; then exit 0; fi
rm -rf $venv
.venv/bin/python -m venv --without-pip $venv
VIRTUAL_ENV="$PWD/$venv" .venv/bin/uv pip sync -q --require-hashes requirements/chart.txt
echo "$wanted" >$venv/complete
