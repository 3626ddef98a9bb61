"""Blows at PostgreSQL (F21 to F27, F29): whoever lost a connection in COMMIT knows nothing."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import LiteralString

import psycopg
from tests.faults.arena import Arena, Blow, until_it_bites

OTHERS = "from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
DEADLY = ("links", "checkout", "notifications")


def kill(arena: Arena) -> int:
    return arena.stack.kill("postgres")


def kill_one_backend(arena: Arena) -> int:
    """PostgreSQL ends all others and recovers: whatever was in COMMIT is in doubt."""
    with arena.postgres() as connection:

        def bite() -> int:
            found = connection.execute(f"select pid {OTHERS} and state = 'active'").fetchone()
            return _kill(found[0]) if found else 0

        return until_it_bites(bite, pause=0.001)


def kill_in_commit(arena: Arena) -> int:
    """Kill a backend in the middle of COMMIT: it is lost, and its client cannot know that."""
    with _slow_commits(arena) as find:
        return until_it_bites(
            lambda: sum(_kill(pid) for pid in find()[:1]), seconds=30, pause=0.005
        )


def cut_in_commit(arena: Arena) -> int:
    """End connections in the middle of COMMIT: it comes to its end, and nobody tells the client."""
    with _slow_commits(arena) as find, arena.postgres() as connection:
        end = "select pg_terminate_backend(%s)"
        return until_it_bites(
            lambda: sum(bool(connection.execute(end, [pid])) for pid in find()),
            seconds=30,
            pause=0.005,
        )


def restart_fast(arena: Arena) -> int:
    return _tell(arena, signal.SIGINT)


def restart_immediately(arena: Arena) -> int:
    return _tell(arena, signal.SIGQUIT)


def cut_connections(arena: Arena) -> int:
    with arena.postgres() as connection:
        return len(connection.execute(f"select pg_terminate_backend(pid) {OTHERS}").fetchall())


def freeze(arena: Arena) -> int:
    with arena.frozen("postgres"):
        time.sleep(4)
    return 1


def take_every_connection(arena: Arena) -> int:
    """Leave none: who needs a new one is refused."""
    with ExitStack() as taken:
        for _ in range(200):
            try:
                taken.enter_context(arena.stack.postgres())
            except psycopg.OperationalError:
                time.sleep(3)
                return 1
    return 0


def lock_tables(arena: Arena) -> int:
    """Hold what every placing needs; those who wait pile up."""
    with arena.postgres("checkout") as connection, connection.transaction():
        connection.execute("lock table orders, carts in access exclusive mode")
        time.sleep(3)
        return until_it_bites(lambda: _count_waiting(connection), seconds=20)


def close_one_database(arena: Arena) -> int:
    """One service's database lets nobody in, while the others' go on."""
    name = arena.dice.choice(DEADLY)
    with arena.postgres() as connection:
        connection.execute(f"alter database {name} allow_connections false")
        try:
            ended = f"select pg_terminate_backend(pid) {OTHERS} and datname = '{name}'"
            cut = len(connection.execute(ended).fetchall())
            time.sleep(4)
            return cut
        finally:
            connection.execute(f"alter database {name} allow_connections true")


@contextmanager
def _slow_commits(arena: Arena) -> Iterator[Callable[[], list[int]]]:
    """Let every COMMIT take a tenth of a second while the block lasts; give who is in one."""
    found = f"select pid {OTHERS} and state = 'active' and query ilike 'commit%'"
    with arena.postgres() as connection:
        connection.execute("alter system set commit_delay = 100000")
        connection.execute("alter system set commit_siblings = 0")
        connection.execute("select pg_reload_conf()")
        try:
            yield lambda: [row[0] for row in connection.execute(found).fetchall()]
        finally:
            _do(arena, "alter system reset all")
            _do(arena, "select pg_reload_conf()")


def _count_waiting(connection: psycopg.Connection) -> int:
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
    found = connection.execute(waiting).fetchone()
    return int(found[0]) if found else 0


def _do(arena: Arena, statement: LiteralString) -> None:
    with arena.postgres() as connection:
        connection.execute(statement)


def _kill(pid: int) -> int:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return 1
    return 0


def _tell(arena: Arena, number: signal.Signals) -> int:
    arena.postgres().close()
    os.kill(arena.stack.pids()["postgres"], number)
    return 1


BLOWS = (
    Blow(name="PostgreSQL killed", fault="F21", strike=kill),
    Blow(name="a backend of PostgreSQL killed", fault="F22", strike=kill_one_backend),
    Blow(name="a backend killed in COMMIT", fault="F22", strike=kill_in_commit),
    Blow(name="connections cut in COMMIT", fault="F24", strike=cut_in_commit),
    Blow(name="PostgreSQL restarted", fault="F23", strike=restart_fast),
    Blow(name="PostgreSQL restarted at once", fault="F23", strike=restart_immediately),
    Blow(name="PostgreSQL's connections cut", fault="F24", strike=cut_connections),
    Blow(name="PostgreSQL frozen", fault="F25", strike=freeze),
    Blow(name="no connections left", fault="F26", strike=take_every_connection),
    Blow(name="tables locked", fault="F27", strike=lock_tables),
    Blow(name="one database closed", fault="F29", strike=close_one_database),
)
