"""The second factor: codes of a phone that work once, recovery codes, and no way around."""

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select, text, update

from common.clock import utc_now
from devstack.world import cast
from identity.store.models import HalfSignIn, User

PAGE = "/account/second-factor"
STEP = "/signin/second-step"
OPEN = f"/signin/{cast.OPEN.token}"
pytestmark = pytest.mark.rule("R54")


def sign_in(person: Any, email: str = cast.OWNER.email) -> Any:
    return person.send("/signin", email=email, password=cast.PASSWORD)


def code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def switch_on(house: Any, person: Any, email: str = cast.OWNER.email) -> tuple[str, list[str]]:
    """Return the key and the recovery codes."""
    sign_in(person, email)
    person.send(f"{PAGE}/key", on=PAGE)
    page = person.open(PAGE).text
    assert "<svg" in page
    secret = re.search(r'factor__key">([A-Z2-7]+)<', page)[1]  # type: ignore[index]
    shown = person.send(f"{PAGE}/confirmation", on=PAGE, code=code(secret)).text
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", shown)
    assert len(codes) == 10
    with house.database.transaction() as session:  # Codes work once: begin anew for the test.
        session.execute(update(User).values(totp_last_step=None))
    return secret, codes


def test_it_is_asked_for_after_the_password(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person)
    other = newcomer()
    assert sign_in(other).location == STEP
    assert other.open("/buyers").status_code == 302, "half a sign-in opened a page"
    assert other.send(STEP, code="000000").status_code == 422
    assert other.send(STEP, code=code(secret)).location == "/links"
    assert other.open("/buyers").status_code == 200


def test_a_code_works_once(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person)
    used = code(secret)
    for address, expected in (("10.0.0.3", 302), ("10.0.0.4", 422)):
        each = newcomer(address)
        sign_in(each)
        assert each.send(STEP, code=used).status_code == expected


def test_a_recovery_code_works_once_and_is_stored_as_a_hash(
    house: Any, person: Any, newcomer: Any
) -> None:
    _, codes = switch_on(house, person)
    with house.database.transaction() as session:
        stored = str(session.execute(text("select * from recovery_codes")).all())
        sealed = session.scalars(select(User.totp_sealed).where(User.id == cast.OWNER.id)).one()
    assert codes[0] not in stored
    assert codes[0].replace("-", "") not in stored
    assert sealed is not None
    for address, expected in (("10.0.0.3", 302), ("10.0.0.4", 422)):
        each = newcomer(address)
        sign_in(each)
        assert each.send(STEP, code=codes[0].upper()).status_code == expected


def test_the_key_is_not_stored_in_the_clear(house: Any, person: Any) -> None:
    secret, _ = switch_on(house, person)
    with house.database.transaction() as session:
        assert secret not in str(session.execute(text("select * from users")).all())


def test_links_ask_for_it_too(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person, cast.KENJI.email)
    other = newcomer()
    given = {"email": cast.KENJI.email, "password": cast.PASSWORD}
    assert other.send(f"{OPEN}/user-account", on=OPEN, **given).location == STEP
    assert other.open(f"{OPEN}/buyers").location == OPEN
    assert other.send(STEP, code=code(secret)).location == f"{OPEN}/buyers"
    assert cast.GINZA.name in other.open(f"{OPEN}/buyers").text


def test_five_wrong_codes_end_the_sign_in(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person)
    other = newcomer()
    sign_in(other)
    for _ in range(5):
        other.send(STEP, code="000000")
    assert other.open(STEP).location == "/signin"
    assert other.send(STEP, on="/signin", code=code(secret)).location == "/signin"


def test_signing_in_anew_gives_no_further_tries(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person)
    other = newcomer()
    for _ in range(2):
        sign_in(other)
        for _ in range(5):
            other.send(STEP, code="000000")
    sign_in(other)
    assert other.send(STEP, code=code(secret)).status_code == 429


def test_a_half_sign_in_lasts_ten_minutes(house: Any, person: Any, newcomer: Any) -> None:
    secret, _ = switch_on(house, person)
    other = newcomer()
    sign_in(other)
    with house.database.transaction() as session:
        session.scalars(select(HalfSignIn)).one().expires_at -= timedelta(minutes=10)
    assert other.send(STEP, on="/signin", code=code(secret)).location == "/signin"


def test_only_the_password_switches_it_off(house: Any, person: Any, newcomer: Any) -> None:
    switch_on(house, person)
    assert person.send(f"{PAGE}/removal", on=PAGE, current="wrong").status_code == 422
    assert sign_in(newcomer()).location == STEP
    assert person.send(f"{PAGE}/removal", on=PAGE, current=cast.PASSWORD).location == "/account"
    assert sign_in(newcomer("10.0.0.5")).location == "/links"
