"""`python -m devstack.orderlink …`: the command `orderlink` beside the stack that runs here.

In a container the environment names the service; here `--service` does (identity, unless said).
"""

import argparse
import os
import sys
from pathlib import Path

from common.commands.__main__ import main as run_command
from devstack.places import ROOT, Places
from devstack.testing.stack import RunningStack


def main() -> int:
    """Take over what the service's own processes are told, then run the command."""
    options, argv = read_options(sys.argv[1:])
    stack = RunningStack(Places(options.var.resolve()), options.port)
    os.environ.update(stack.environment(options.service))
    return run_command(argv)


def read_options(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return our own options, and what is left for `orderlink`."""
    parser = argparse.ArgumentParser(
        prog="python -m devstack.orderlink", add_help=False, allow_abbrev=False
    )
    parser.add_argument("--service", default="identity")
    parser.add_argument("--var", type=Path, default=ROOT / "var")
    parser.add_argument("--port", type=int, default=8080)
    return parser.parse_known_args(argv)


if __name__ == "__main__":
    sys.exit(main())
