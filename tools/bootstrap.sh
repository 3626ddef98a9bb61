#!/bin/sh
# Makes .venv from the hashed requirements, once; later runs only compare a hash.
# Says what is wrong in one sentence; what the tools said is in var/log/bootstrap.log.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
log=var/log/bootstrap.log

fail() {
    echo "✗ $1" >&2
    exit 1
}

fits() { # command, condition on the version
    command -v "$1" >/dev/null 2>&1 && "$1" -c "import sys; v = sys.version_info; sys.exit(not ($2))" 2>/dev/null
}

find_python() {
    for condition in "(3, 11) <= v < (3, 14)" "v >= (3, 11)"; do
        for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
            if fits "$name" "$condition"; then
                echo "$name"
                return
            fi
        done
    done
}

fingerprint() {
    cat requirements/uv.txt requirements/dev.txt libs/*/pyproject.toml services/*/pyproject.toml tools/bootstrap.sh | cksum
    pwd # Editable installs remember where they were made.
}

python=$venv/bin/python
if [ -f $venv/complete ] && [ "$(cat $venv/complete)" = "$(fingerprint)" ] && fits $python "v >= (3, 11)"; then
    exit 0
fi

mkdir -p var/log
base=$(find_python)
[ -n "$base" ] || fail "Orderlink needs Python 3.11 or newer, and none was found: install it and run make again."

rm -f $venv/complete
fits $python "v >= (3, 11)" && [ -x $venv/bin/pip ] || {
    rm -rf $venv
    "$base" -m venv $venv >"$log" 2>&1 ||
        fail "Python could not make .venv (see $log): on Debian and Ubuntu install python3-venv, then run make again."
}

echo "Installing packages into .venv …"
export PIP_DISABLE_PIP_VERSION_CHECK=1
$python -m pip install -q --require-hashes -r requirements/uv.txt >"$log" 2>&1 ||
    fail "The packages could not be downloaded (see $log): check the network and run make again."
uv="$venv/bin/uv"
VIRTUAL_ENV="$PWD/$venv"
export VIRTUAL_ENV
"$uv" pip sync -q --require-hashes requirements/dev.txt >>"$log" 2>&1 ||
    fail "The packages could not be downloaded (see $log): check the network and run make again."
set --
for folder in libs/* services/*; do
    if [ -f "$folder/pyproject.toml" ]; then set -- "$@" -e "./$folder"; fi
done
"$uv" pip install -q --no-deps --no-build-isolation "$@" >>"$log" 2>&1 ||
    fail "The project's own packages could not be installed (see $log)."
fingerprint >$venv/complete
