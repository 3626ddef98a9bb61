"""Which commands there are: those of every service, and those of the one that we run beside."""

import importlib
import importlib.util
from collections.abc import Mapping, Sequence

from common.commands.command import Command, Refused

OURS: Sequence[str] = (
    "common.commands.health",
    "common.commands.backup",
    "common.commands.restore",
    "common.commands.resend",
    "common.commands.seen",
    "common.commands.ops",
)
"""Modules that have a `COMMAND`."""
BESIDE: Mapping[str, str] = {"operators": "identity", "privacy": "identity"}
"""Commands of one service alone, for who types them elsewhere: command → service."""


def find_commands(env: Mapping[str, str]) -> dict[str, Command]:
    """Return the commands by name; `SERVICE` in the environment says whose own are there, too."""
    found = [importlib.import_module(name).COMMAND for name in OURS]
    service = env.get("SERVICE", "")
    own = f"{service}.commands"
    if service.isidentifier() and importlib.util.find_spec(service) and _exists(own):
        found += importlib.import_module(own).COMMANDS
    return {command.name: command for command in found}


def refuse_elsewhere(argv: Sequence[str], commands: Mapping[str, Command]) -> None:
    """Raise Refused for a command that another service has, naming where it is typed."""
    name = argv[0] if argv else ""
    if name in BESIDE and name not in commands:
        raise Refused(
            f"`orderlink {name}` runs beside {BESIDE[name]} alone:"
            f" docker compose exec {BESIDE[name]}-worker orderlink {name} …"
        )


def _exists(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
