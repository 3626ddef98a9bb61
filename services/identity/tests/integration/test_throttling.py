"""Wrong secrets: one answer, one check, counted where nothing forgets them (R54)."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

import pytest

from common.clock import utc_now
from common.passwords import PLACES, Passwords
from devstack.world import cast
from identity.store.models import FailedAttempt

OPEN = f"/signin/{cast.OPEN.token}"
WRONG = "Wrong-1234"
Newcomer = Callable[..., Any]


def user(person: Any, email: str, password: str = WRONG) -> Any:
    return person.send("/signin", email=email, password=password)


WAYS = {
    "staff, wrong password": ("/signin", {"email": cast.OWNER.email, "password": "wrong"}),
    "staff, unknown e-mail": ("/signin", {"email": "nobody@x.example", "password": "wrong"}),
    "user on a link, wrong password": (
        f"{OPEN}/user-account",
        {"email": cast.KENJI.email, "password": "wrong"},
    ),
    "user on a link, unknown e-mail": (
        f"{OPEN}/user-account",
        {"email": "nobody@x.example", "password": "wrong"},
    ),
    "offline buyer, wrong password": (
        f"{OPEN}/offline-buyer",
        {"email": cast.AOYAMA.login_email, "password": "wrong"},
    ),
    "offline buyer, unknown e-mail": (
        f"{OPEN}/offline-buyer",
        {"email": "nobody@x.example", "password": "wrong"},
    ),
    "offline buyer without a login": (
        f"{OPEN}/offline-buyer",
        {"email": cast.PORTLAND.contact_email, "password": "wrong"},
    ),
    "wrong passcode": (
        f"{OPEN}/brand-credentials",
        {"code": cast.AOYAMA.unique_code, "passcode": "wrong"},
    ),
    "unknown code": (f"{OPEN}/brand-credentials", {"code": "NOBODY-9", "passcode": "wrong"}),
}


@pytest.mark.rule("R54")
def test_every_failure_is_the_same_answer_after_exactly_one_check(
    house: Any, newcomer: Newcomer
) -> None:
    for number, (way, (path, fields)) in enumerate(WAYS.items()):
        person = newcomer(f"10.9.0.{number}")
        before = house.deps.passwords.verifications
        reply = person.send(path, on=OPEN, **fields)
        assert house.deps.passwords.verifications == before + 1, way
        assert reply.status_code == 401, way
        assert "Those details do not match. Please check both and try again." in reply.text, way
        assert not person.cookie("s"), way
        assert not person.cookie("b"), way


@pytest.mark.rule("R54")
def test_the_eleventh_try_is_refused_even_with_the_right_password(
    house: Any, person: Any, newcomer: Newcomer
) -> None:
    for _ in range(10):
        assert user(person, cast.OWNER.email).status_code == 401
    before = house.deps.passwords.verifications
    refused = user(person, cast.OWNER.email, cast.PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 15 * 60 + 1
    assert "Too many tries" in refused.text
    assert house.deps.passwords.verifications == before
    assert user(person, cast.SALES.email, cast.PASSWORD).status_code == 302
    assert user(newcomer("10.0.0.9"), cast.OWNER.email, cast.PASSWORD).status_code == 302


@pytest.mark.rule("R54")
def test_a_flush_of_the_cache_gives_no_further_tries(house: Any, person: Any) -> None:
    for _ in range(10):
        user(person, cast.OWNER.email)
    house.deps.cache.flushdb()
    assert user(person, cast.OWNER.email).status_code == 429


@pytest.mark.rule("R54")
def test_tries_count_only_for_a_quarter_of_an_hour(house: Any, person: Any) -> None:
    for _ in range(10):
        user(person, cast.OWNER.email)
    with house.database.transaction() as session:
        for row in session.query(FailedAttempt):
            row.failed_at -= timedelta(minutes=15)
    assert user(person, cast.OWNER.email, cast.PASSWORD).status_code == 302


def test_the_right_password_forgets_the_failures_before_it(person: Any) -> None:
    for _ in range(3):
        for _ in range(6):
            user(person, cast.OWNER.email)
        assert user(person, cast.OWNER.email, cast.PASSWORD).status_code == 302


@pytest.mark.rule("R54")
def test_an_address_has_a_hundred_failures_over_all_accounts(house: Any, person: Any) -> None:
    with house.database.transaction() as session:
        for number in range(99):
            session.add(
                FailedAttempt(account=f"a{number}", address="10.0.0.1", failed_at=utc_now())
            )
    assert user(person, "one@x.example").status_code == 401
    assert user(person, cast.OWNER.email, cast.PASSWORD).status_code == 429


@pytest.mark.rule("R54")
def test_an_account_under_attack_from_everywhere_is_slowed_not_closed(
    house: Any, newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("identity.web.proving.time.sleep", pauses.append)
    for number in range(12):
        user(newcomer(f"10.1.0.{number}"), cast.OWNER.email)
    assert user(newcomer("10.2.0.1"), cast.OWNER.email, cast.PASSWORD).status_code == 302
    assert pauses == [1.0, 1.0, 1.0]


@pytest.mark.rule("R54")
def test_tries_at_the_same_time_do_not_slip_past_the_limit(house: Any, newcomer: Newcomer) -> None:
    people = [newcomer("10.0.0.7") for _ in range(16)]
    for each in people:
        each.open("/signin")
    with ThreadPoolExecutor(8) as pool:
        statuses = [r.status_code for r in pool.map(lambda p: user(p, cast.OWNER.email), people)]
    assert statuses.count(401) == 10
    assert statuses.count(429) == 6


def test_empty_and_unfit_fields_are_named(house: Any, person: Any) -> None:
    before = house.deps.passwords.verifications
    for fields in ({}, {"email": "", "password": ""}, {"email": "a\x00b", "password": "x"}):
        reply = person.send(f"{OPEN}/offline-buyer", on=OPEN, **fields)
        assert reply.status_code == 422
        assert 'aria-invalid="true"' in reply.text
    assert house.deps.passwords.verifications == before


@pytest.mark.rule("R54")
def test_secrets_are_stored_as_salted_hashes_only(house: Any) -> None:
    from sqlalchemy import text

    with house.database.transaction(cast.MAKER_ID) as session:
        rows = session.execute(text("select login_hash, passcode_hash from buyers")).all()
        users = session.scalars(text("select password_hash from users")).all()
    hashes = [each for row in rows for each in row if each] + list(users)
    assert all(each.startswith("$argon2id$") for each in hashes)
    assert len(set(hashes)) == len(hashes)


@pytest.mark.rule("R54")
def test_argon2_is_as_dear_as_it_must_be() -> None:
    from identity.gateways.passwords import Passwords

    made = Passwords(memory_kib=46 * 1024).hash("x")
    assert "m=47104,t=2,p=1" in made


@pytest.mark.rule("R54")
def test_when_too_many_want_in_at_once_a_try_is_sent_away_and_not_counted(
    house: Any, person: Any
) -> None:
    with ExitStack() as crowd:
        for _ in range(PLACES):
            crowd.enter_context(somebody_else(house.deps.passwords))
        reply = user(person, cast.OWNER.email, cast.PASSWORD)
    assert reply.status_code == 503
    assert reply.headers["Retry-After"]
    assert "Many people are signing in just now" in reply.text
    assert cast.OWNER.email in reply.text
    with house.database.transaction() as session:
        assert session.query(FailedAttempt).count() == 0
    assert user(person, cast.OWNER.email, cast.PASSWORD).status_code == 302


@contextmanager
def somebody_else(passwords: Passwords) -> Iterator[None]:
    """Keep one of the places, in a thread of its own."""
    there, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with passwords.place():
            there.set()
            leave.wait(60)

    thread = threading.Thread(target=stay)
    thread.start()
    there.wait(60)
    yield
    leave.set()
    thread.join()
