"""Blows that leave nothing: no room on disks, no memory, no file descriptors (F18, F28, F37).

Limits of the process stand for a full disk: `write` fails at once and for as long as we want, on
any machine and without a file system of our own. Servers ignore the signal that comes with it.
"""

import time

import psutil
from tests.faults.arena import Arena, Blow, until_it_bites
from tests.faults.limits import FILE_SIZE, FILES, MEMORY, Wished, limited

NO_ROOM = "File too large"
"""What a server says whose write was refused for the limit."""
WEBS = ("checkout-web", "catalog-web", "links-web", "identity-web")


def fill_disk_of_postgres(arena: Arena) -> int:
    """Let no backend write to a file: statements fail, and whoever writes the log brings all down.

    Those that recover the database are spared: on a full disk they overwrite what is there.
    """
    before = arena.stack.log("postgres").count(NO_ROOM)

    def bite() -> int:
        with limited(arena.stack, "postgres", FILE_SIZE, none_for_backends):
            time.sleep(0.5)
        return arena.stack.log("postgres").count(NO_ROOM) - before

    return sum(until_it_bites(bite, seconds=20) for _ in range(3))


def none_for_backends(process: psutil.Process) -> int | None:
    return 0 if "127.0.0.1" in " ".join(process.cmdline()) else None


def fill_disk_of_the_broker(arena: Arena) -> int:
    """Let its append-only file not grow: it refuses what it could not remember."""
    with limited(arena.stack, "broker", FILE_SIZE, lambda _: 0):
        refused = until_it_bites(lambda: int(arena.broker_refuses()), seconds=5, pause=0.5)
        time.sleep(2)
    return refused


def fill_disk_of_web(arena: Arena) -> int:
    """Nothing that is sent to a service can be kept in a file, and nothing can be logged there."""
    return sum(_starve(arena, name, FILE_SIZE, lambda _: 0) for name in WEBS[:2])


def take_memory(arena: Arena) -> int:
    """Let a service's web processes have no more memory than they have."""
    return _starve(arena, arena.dice.choice(WEBS), MEMORY, lambda it: it.memory_info().vms)


def take_file_descriptors(arena: Arena) -> int:
    """Let the checkout's web processes open nothing more."""
    return _starve(arena, "checkout-web", FILES, lambda it: it.num_fds())


def _starve(arena: Arena, name: str, limit: str, wished: Wished) -> int:
    with limited(arena.stack, name, limit, wished) as starved:
        time.sleep(2)
    return starved


BLOWS = (
    Blow(name="no room for PostgreSQL", fault="F28", strike=fill_disk_of_postgres),
    Blow(name="no room for the broker", fault="F18", strike=fill_disk_of_the_broker),
    Blow(name="no room for files", fault="F37", strike=fill_disk_of_web),
    Blow(name="no memory left", fault="F37", strike=take_memory),
    Blow(name="no file descriptors left", fault="F37", strike=take_file_descriptors),
)
