"""However many guess at once, they do not get every thread."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from common.passwords import CROWDED, PLACES, Passwords, SignInBusy
from common.web.serve import SECRET_THREADS


def test_whoever_finds_no_place_is_sent_away_at_once() -> None:
    passwords, full, leave = (
        Passwords(memory_kib=64),
        threading.Barrier(PLACES + 1),
        threading.Event(),
    )

    def stay() -> None:
        with passwords.place():
            full.wait(60)
            leave.wait(60)

    staying = [threading.Thread(target=stay) for _ in range(PLACES)]
    for each in staying:
        each.start()
    full.wait(60)
    with pytest.raises(SignInBusy):
        passwords.verify(None, "x")
    with pytest.raises(SignInBusy):
        passwords.hash("x")
    assert passwords.verifications == 0
    leave.set()
    for each in staying:
        each.join()
    assert passwords.verify(passwords.hash("x"), "x")


def test_a_flood_from_one_address_leaves_places_for_others() -> None:
    passwords = Passwords(memory_kib=64)
    with ExitStack() as crowd:
        for _ in range(CROWDED):
            crowd.enter_context(kept_place(passwords, of="10.6.6.6"))
        with pytest.raises(SignInBusy), passwords.place(of="10.6.6.6"):
            pass
        with passwords.place(of="10.0.0.1"):
            assert not passwords.verify(None, "x")
        for number in range(PLACES - CROWDED):
            crowd.enter_context(kept_place(passwords, of=f"10.0.0.{number}"))
        with pytest.raises(SignInBusy), passwords.place(of="10.0.0.99"):
            pass
    for _ in range(2 * PLACES):
        with passwords.place(of="10.6.6.6"):
            pass


@contextmanager
def kept_place(passwords: Passwords, *, of: str) -> Iterator[None]:
    """Keep one of the places, in a thread of its own."""
    there, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with passwords.place(of=of):
            there.set()
            leave.wait(60)

    thread = threading.Thread(target=stay)
    thread.start()
    assert there.wait(60)
    yield
    leave.set()
    thread.join()


def test_a_check_inside_a_place_takes_no_second_one() -> None:
    passwords = Passwords(memory_kib=64)
    for _ in range(2 * PLACES):
        with passwords.place():
            assert not passwords.verify(None, "x")


def test_some_threads_are_left_for_those_who_only_read() -> None:
    assert SECRET_THREADS - PLACES >= 4
