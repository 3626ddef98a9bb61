"""Supervises stand-ins in the folder argv[1]: each further word is a module and its arguments."""

import sys
from pathlib import Path

from devstack.places import Places
from devstack.servers.program import Program
from devstack.supervisor.loop import Stopped, Supervisor
from devstack.supervisor.output import Screen
from devstack.supervisor.register import end_leftovers, lock
from devstack.trouble import CannotStart


def main() -> int:
    places = Places(Path(sys.argv[1]))
    places.make()
    try:
        lock(places)
    except CannotStart as why:
        print(f"✗ {why}")
        return 1
    print("leftovers", end_leftovers(places))
    supervisor = Supervisor(places, Screen())
    try:
        supervisor.start([make_program(words) for words in sys.argv[2:]])
        supervisor.screen.step("ready")
        supervisor.watch()
    except CannotStart as why:
        print(f"✗ {why}")
        return 1
    except Stopped:
        pass
    finally:
        supervisor.stop()
    return 0


def make_program(words: str) -> Program:
    name, module, *arguments = words.split()
    return Program(
        name=name,
        module=module,
        command=tuple(arguments),
        env={"GREETING": f"I am {name}"},
        is_ready=lambda: module != "failing",
        grace=0.5,
    )


if __name__ == "__main__":
    sys.exit(main())
