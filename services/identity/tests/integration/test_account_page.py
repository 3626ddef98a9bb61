"""A forgotten password, a new address, and the sessions that end with a password."""

from datetime import timedelta
from typing import Any

import pytest
from identity_mails import mails, newest, secret_of
from sqlalchemy import select

from devstack.world import cast
from identity.store.models import PasswordReset, SignedIn, User

OPEN = f"/signin/{cast.OPEN.token}"
NEW = "Brand-New-2027!"


def sign_in(person: Any, password: str = cast.PASSWORD, email: str = cast.KENJI.email) -> Any:
    return person.send("/signin", email=email, password=password)


def reset_path(house: Any, ask: Any, person: Any) -> str:
    person.send("/account/resets", email=cast.KENJI.email)
    return str(newest(house, ask, "password_reset")["path"])


@pytest.mark.rule("R54")
def test_the_mailed_link_sets_a_new_password_once(
    house: Any, ask: Any, person: Any, newcomer: Any
) -> None:
    other = newcomer()
    sign_in(other)
    path = reset_path(house, ask, person)
    assert cast.KENJI.email in person.open(path).text
    assert person.send(path, password=NEW).location == "/signin"
    assert other.open("/account").status_code == 302, "an old session lives on"
    assert sign_in(newcomer("10.0.0.4")).status_code == 401
    assert sign_in(newcomer("10.0.0.5"), NEW).location == "/app"
    assert person.open(path).status_code == 410


def test_opening_the_mailed_link_changes_nothing(house: Any, ask: Any, person: Any) -> None:
    path = reset_path(house, ask, person)
    for _ in range(3):
        assert person.open(path).status_code == 200
        assert person.client.head(path).status_code == 200
    assert sign_in(person).location == "/app"


def test_after_an_hour_or_a_change_it_opens_nothing(house: Any, ask: Any, person: Any) -> None:
    path = reset_path(house, ask, person)
    second = reset_path(house, ask, person)
    assert person.send(second, password=NEW).location == "/signin"
    assert person.open(path).status_code == 410, "the one before lives on"
    third = reset_path(house, ask, person)
    with house.database.transaction() as session:
        for row in session.scalars(select(PasswordReset)):
            row.expires_at -= timedelta(hours=1)
    assert person.send(third, on="/signin", password=NEW).status_code == 410


@pytest.mark.rule("R52")
def test_a_weak_new_password_is_refused_at_the_field(house: Any, ask: Any, person: Any) -> None:
    path = reset_path(house, ask, person)
    reply = person.send(path, password="weak")
    assert reply.status_code == 422
    assert 'id="password-error"' in reply.text
    assert sign_in(person).location == "/app"


@pytest.mark.rule("R54")
def test_asking_for_a_reset_tells_nobody_who_has_an_account(house: Any, person: Any) -> None:
    known = person.send("/account/resets", email=cast.KENJI.email)
    other = person.send("/account/resets", email="nobody@ginza.example")
    assert known.text.count("<") == other.text.count("<")
    assert len(mails(house, "password_reset")) == 1


def test_changing_the_password_ends_the_other_sessions(
    house: Any, person: Any, newcomer: Any
) -> None:
    other, buyer = newcomer("10.0.0.3"), newcomer("10.0.0.4")
    for each in (person, other):
        sign_in(each)
    buyer.send(f"{OPEN}/user-account", on=OPEN, email=cast.KENJI.email, password=cast.PASSWORD)
    buyer.send(f"{OPEN}/buyers", buyer_id=str(cast.GINZA.id))
    assert "銀座" in person.open("/account").text or person.page
    assert (
        person.send("/account/password", on="/account", current="not it", new=NEW).status_code
        == 401
    )
    reply = person.send("/account/password", on="/account", current=cast.PASSWORD, new=NEW)
    assert reply.location == "/account"
    assert person.open("/account").status_code == 200
    assert other.open("/account").status_code == 302
    assert buyer.open(OPEN).status_code == 200, "a link's session lives on"
    assert sign_in(newcomer("10.0.0.6"), NEW).location == "/app"


def test_sessions_are_listed_and_ended_one_by_one(house: Any, person: Any, newcomer: Any) -> None:
    other = newcomer()
    other.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Version/18 Safari/605"
    sign_in(other)
    sign_in(person)
    assert "Safari, iPhone" in person.open("/account").text
    with house.database.transaction() as session:
        row = session.scalars(select(SignedIn).where(SignedIn.device == "Safari, iPhone")).one()
    assert person.send(f"/account/sessions/{row.id}/ending", on="/account").status_code == 303
    assert other.open("/account").status_code == 302
    assert person.open("/account").status_code == 200


def test_nobody_ends_the_session_of_another(house: Any, person: Any, newcomer: Any) -> None:
    staff = newcomer()
    sign_in(staff, email=cast.OWNER.email)
    sign_in(person)
    with house.database.transaction() as session:
        row = session.scalars(select(SignedIn).where(SignedIn.user_id == cast.OWNER.id)).one()
    person.send(f"/account/sessions/{row.id}/ending", on="/account")
    assert staff.open("/account").status_code == 200


@pytest.mark.rule("R51")
def test_the_address_changes_once_the_new_one_confirms(
    house: Any, ask: Any, person: Any, newcomer: Any
) -> None:
    sign_in(person)
    given = {"new_email": "Kenji@New.example", "current": cast.PASSWORD}
    assert person.send("/account/email", on="/account", **given).status_code == 303
    [mail] = mails(house, "email_change")
    assert mail["recipient"] == "kenji@new.example"
    path = secret_of(ask, mail).json["path"]
    assert "kenji@new.example" in newcomer().open(path).text
    assert sign_in(newcomer("10.0.0.7")).location == "/app", "changed by looking"
    assert newcomer("10.0.0.8").send(path).location == "/account"
    assert sign_in(newcomer("10.0.0.9")).status_code == 401
    assert sign_in(newcomer("10.0.0.10"), email="kenji@new.example").location == "/app"
    [told] = mails(house, "email_changed")
    assert told["recipient"] == cast.KENJI.email
    assert person.open(path).status_code == 410


@pytest.mark.rule("R51")
def test_an_address_with_an_account_is_not_taken_nor_given_away(house: Any, person: Any) -> None:
    sign_in(person)
    given = {"new_email": cast.OWNER.email, "current": cast.PASSWORD}
    assert person.send("/account/email", on="/account", **given).status_code == 303
    assert mails(house, "email_change") == []
    [told] = mails(house, "account_exists")
    assert told["recipient"] == cast.OWNER.email
    with house.database.transaction() as session:
        assert session.get_one(User, cast.KENJI.id).email == cast.KENJI.email
