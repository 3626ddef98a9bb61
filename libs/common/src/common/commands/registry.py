"""Which commands there are: those of every service, and those of the one that we run beside."""

import importlib
import importlib.util
from collections.abc import Mapping, Sequence

from common.commands.command import Command

OURS: Sequence[str] = (
    "common.commands.health",
    "common.commands.backup",
    "common.commands.restore",
    "common.commands.resend",
    "common.commands.seen",
    "common.commands.ops",
)
"""Modules that have a `COMMAND`."""


def find_commands(env: Mapping[str, str]) -> dict[str, Command]:
    """Return the commands by name; `SERVICE` in the environment says whose own are there, too."""
    found = [importlib.import_module(name).COMMAND for name in OURS]
    service = env.get("SERVICE", "")
    own = f"{service}.commands"
    if service.isidentifier() and importlib.util.find_spec(service) and _exists(own):
        found += importlib.import_module(own).COMMANDS
    return {command.name: command for command in found}


def _exists(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
