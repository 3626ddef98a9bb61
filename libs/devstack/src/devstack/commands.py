"""The commands beside `run`: each uses the running stack, or one of its own."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from devstack import prove as proving
from devstack.places import Places
from devstack.supervisor.register import is_running
from devstack.testing.stack import RunningStack, running_stack
from devstack.trouble import CannotStart


def demo(options: argparse.Namespace) -> int:
    """Play the main job; return its exit code."""
    with some_stack(options) as stack:
        command = [sys.executable, "-m", "devstack.demo", "--world", str(stack.places.world)]
        return subprocess.run(command, check=False).returncode


def screenshots(options: argparse.Namespace) -> int:
    """Photograph the running thing for the README; return the exit code."""
    with some_stack(options) as stack:
        command = [sys.executable, "-m", "devstack.screenshots", str(stack.places.world)]
        return subprocess.run(command, check=False).returncode


def prove(_: argparse.Namespace) -> int:
    """Run the heavy tests at full counts; return the exit code."""
    return proving.prove()


def reset(options: argparse.Namespace) -> int:
    """Forget the demo world and everything else that was stored. Raises CannotStart."""
    places = Places(options.var.resolve())
    if is_running(places):
        raise CannotStart("Orderlink is running: stop it with Ctrl-C, then run make reset again.")
    for folder in (places.state, places.media, places.static, places.run, places.logs):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (places.keys, places.ports, places.world):
        file.unlink(missing_ok=True)
    print("✓ all data is gone; make run begins anew")
    return 0


@contextmanager
def some_stack(options: argparse.Namespace) -> Iterator[RunningStack]:
    """Give the stack that runs here, else run one while the block lasts. Raises CannotStart."""
    places = Places(options.var.resolve())
    if is_running(places):
        if not places.ready.exists():
            raise CannotStart("Orderlink is still starting here: try again when it is ready.")
        yield RunningStack(places, options.port)
        return
    print("Nothing runs here yet: starting it …", flush=True)
    ports = f"{options.ports.start}-{options.ports.stop - 1}"
    with running_stack(options.var, port=options.port, options=("--ports", ports)) as stack:
        yield stack
