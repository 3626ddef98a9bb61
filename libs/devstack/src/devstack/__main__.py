"""`python -m devstack run`: a whole Orderlink on this machine, until Ctrl-C. And what uses it."""

import argparse
import os
import sys
import time
from pathlib import Path

from devstack import commands
from devstack.addresses import RANGE, find_addresses
from devstack.environment import Stack
from devstack.keyring import load_keyring
from devstack.places import ROOT, Places
from devstack.start import start
from devstack.supervisor.loop import LONGEST_PAUSE, Stopped, Supervisor
from devstack.supervisor.output import Screen
from devstack.supervisor.register import end_leftovers, lock
from devstack.told import in_words
from devstack.trouble import CannotStart


def main() -> int:
    """Return the exit code: 0 after a stop, 1 when something could not be started."""
    options = read_options()
    try:
        return COMMANDS[options.what](options)
    except CannotStart as why:
        print(f"✗ {why}", file=sys.stderr, flush=True)
        return 1
    except PermissionError as why:
        print(f"✗ {why.filename} belongs to another user: run this as that user.", file=sys.stderr)
        return 1


def run(options: argparse.Namespace) -> int:
    """Start everything and keep it alive. Raises CannotStart."""
    began = time.monotonic()
    os.umask(0o022)  # The gateway is another user where we are root; what is secret says so itself.
    stack = make_stack(options)
    # Tests kill on purpose and often: they need not wait for it.
    longest = 1.0 if options.mode == "test" else LONGEST_PAUSE
    screen = Screen(is_quiet=options.quiet)
    supervisor = Supervisor(stack.places, screen, longest_pause=longest)
    try:
        start(stack, supervisor)
        supervisor.screen.say(in_words(stack))
        supervisor.screen.step(f"ready after {time.monotonic() - began:.1f} s")
        stack.places.ready.touch()
        supervisor.watch()
    except Stopped:
        pass
    finally:
        stack.places.ready.unlink(missing_ok=True)
        supervisor.screen.say("stopping …")
        supervisor.stop()
    supervisor.screen.step("stopped")
    return 0


def make_stack(options: argparse.Namespace) -> Stack:
    """Take possession of the folder and find ports and keys. Raises CannotStart."""
    places = Places(options.var.resolve())
    places.make()
    lock(places)
    places.ready.unlink(missing_ok=True)
    end_leftovers(places)
    return Stack(
        places=places,
        addresses=find_addresses(places.ports, gateway=options.port, among=options.ports),
        keyring=load_keyring(places.keys),
        mode=options.mode,
        is_durable=not options.forgetful,
    )


COMMANDS = {
    "run": run,
    "demo": commands.demo,
    "screenshots": commands.screenshots,
    "prove": commands.prove,
    "reset": commands.reset,
}


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m devstack")
    parser.add_argument("what", choices=list(COMMANDS))
    parser.add_argument("--port", type=int, default=8080, help="the gateway's")
    parser.add_argument("--ports", type=port_range, default=RANGE, help="first-last, for the rest")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="all that is written")
    parser.add_argument("--mode", default="development", choices=["development", "test"])
    parser.add_argument("--forgetful", action="store_true", help="do not wait for the disk")
    parser.add_argument("--quiet", action="store_true", help="steps only; logs go to files")
    return parser.parse_args()


def port_range(text: str) -> range:
    first, last = text.split("-")
    return range(int(first), int(last) + 1)


if __name__ == "__main__":
    sys.exit(main())
