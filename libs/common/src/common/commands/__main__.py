"""`orderlink …`, also `python -m common.commands …`."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from common.commands.command import Command, Refused
from common.commands.registry import find_commands, refuse_elsewhere


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. 1: refused, with the reason on standard error."""
    commands, typed = find_commands(os.environ), sys.argv[1:] if argv is None else argv
    try:
        refuse_elsewhere(typed, commands)
        options = read_options(typed, commands)
        return commands[options.command].run(options)
    except Refused as why:
        sys.stderr.write(f"✗ {why}\n")
        return 1


def read_options(argv: Sequence[str], commands: Mapping[str, Command]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="orderlink", description="Looks after a running service.")
    words = parser.add_subparsers(dest="command", required=True, metavar="command")
    for command in commands.values():
        own = words.add_parser(command.name, help=command.summary, description=command.summary)
        command.add_arguments(own)
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
