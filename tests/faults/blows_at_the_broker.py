"""Blows at both Valkeys (F6, F11 to F17, F19, F38): they may lose time, never facts."""

import time

from tests.faults.arena import Arena, Blow, until_it_bites

ENDS = "*.acks"
EVENTS = "*.events"


def kill(arena: Arena) -> int:
    return arena.stack.kill("broker")


def empty(arena: Arena) -> int:
    arena.stack.lose_broker()
    return 1


def flush(arena: Arena) -> int:
    with arena.broker() as broker:
        return bool(broker.flushall())


def freeze(arena: Arena) -> int:
    with arena.frozen("broker"):
        time.sleep(7)
    return 1


def cut_connections(arena: Arena) -> int:
    with arena.broker() as broker:
        return int(broker.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"))


def slow_down(arena: Arena) -> int:
    """Each command waits up to half a second."""
    with arena.broker() as broker:
        for _ in range(6):
            broker.execute_command("CLIENT", "PAUSE", "500", "ALL")
            time.sleep(0.55)
    return 6


def fill(arena: Arena) -> int:
    """Refuse every write: out of memory."""
    with arena.broker() as broker:
        broker.config_set("maxmemory", 1)
        try:
            return until_it_bites(lambda: int(arena.broker_refuses()), seconds=3, pause=1)
        finally:
            time.sleep(2)
            broker.config_set("maxmemory", 0)


def change_password(arena: Arena) -> int:
    """Refuse everybody who comes with what they know."""
    with arena.broker() as broker:
        broker.config_set("requirepass", "rotated")
        try:
            cut = int(broker.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"))
            time.sleep(3)
            return cut
        finally:
            broker.config_set("requirepass", "")


def drop_acknowledgements(arena: Arena) -> int:
    """Throw away what consumers say to producers."""
    with arena.broker() as broker:

        def bite() -> int:
            keys = list(broker.scan_iter(ENDS, _type="list"))
            return sum(int(broker.delete(key)) for key in keys)

        return until_it_bites(bite, seconds=60, pause=0.005)


def triple_and_shuffle(arena: Arena) -> int:
    """Deliver every waiting message three times, in any order; identity is frozen meanwhile."""
    with arena.frozen("identity-worker"), arena.broker() as broker:

        def bite() -> int:
            waiting = [
                (key, word)
                for key in broker.scan_iter(EVENTS, _type="list")
                for word in broker.lrange(key, 0, -1)
            ] * 2
            arena.dice.shuffle(waiting)
            for key, word in waiting:
                broker.rpush(key, word)
            return len(waiting)

        return until_it_bites(bite, seconds=60)


def kill_cache(arena: Arena) -> int:
    return arena.stack.kill("cache")


def flush_cache(arena: Arena) -> int:
    with arena.cache() as cache:
        return bool(cache.flushall())


def freeze_cache(arena: Arena) -> int:
    with arena.frozen("cache"):
        time.sleep(3)
    return 1


BLOWS = (
    Blow(name="the broker killed", fault="F11", strike=kill),
    Blow(name="the broker emptied", fault="F12", strike=empty),
    Blow(name="the broker flushed", fault="F13", strike=flush),
    Blow(name="the broker frozen", fault="F14", strike=freeze),
    Blow(name="the broker's connections cut", fault="F15", strike=cut_connections),
    Blow(name="the broker slow", fault="F16", strike=slow_down),
    Blow(name="the broker full", fault="F17", strike=fill),
    Blow(name="the broker's password changed", fault="F19", strike=change_password),
    Blow(name="acknowledgements dropped", fault="F6", strike=drop_acknowledgements),
    Blow(name="messages tripled and shuffled", fault="F38", strike=triple_and_shuffle),
    Blow(name="the cache killed", fault="F11", strike=kill_cache),
    Blow(name="the cache flushed", fault="F13", strike=flush_cache),
    Blow(name="the cache frozen", fault="F14", strike=freeze_cache),
)
