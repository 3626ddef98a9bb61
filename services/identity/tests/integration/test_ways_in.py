"""Staff gives and takes ways into links; what the old ones opened ends at once."""

from typing import Any

import pytest
from identity_orders import buyer_now
from identity_staff import API, TERMS, csrf, log_of, shown_once, sign_in

from devstack.world import cast

DOOR = f"/signin/{cast.OPEN.token}"
AOYAMA = f"/buyers/{cast.AOYAMA.id}"


def as_offline(visitor: Any, password: str = cast.PASSWORD) -> Any:
    email = cast.AOYAMA.login_email
    return visitor.send(f"{DOOR}/offline-buyer", on=DOOR, email=email, password=password)


def as_rep(visitor: Any, passcode: str = str(cast.AOYAMA.passcode)) -> Any:
    code = cast.AOYAMA.unique_code
    return visitor.send(f"{DOOR}/brand-credentials", on=DOOR, code=code, passcode=passcode)


def is_in(visitor: Any, ask: Any) -> bool:
    from common.sessions import hash_of

    question = {
        "kind": "buyer",
        "token_hash": hash_of(visitor.cookie("b")),
        "link_id": str(cast.OPEN.id),
    }
    return bool(ask("sessions/read", question).status_code == 200)


@pytest.mark.rule("R45")
def test_a_new_passcode_ends_what_the_old_one_opened_and_nothing_else(
    house: Any, person: Any, newcomer: Any, ask: Any
) -> None:
    rep, shop = newcomer("10.1.0.1"), newcomer("10.1.0.2")
    as_rep(rep)
    as_offline(shop)
    page = sign_in(person).send(f"{AOYAMA}/passcode", on=AOYAMA, passcode="").text
    [passcode] = shown_once(page)
    assert not is_in(rep, ask)
    assert is_in(shop, ask)
    assert as_rep(newcomer("10.1.0.3")).status_code == 401
    assert as_rep(newcomer("10.1.0.4"), passcode).location.startswith("/shop/")
    assert passcode not in person.open(AOYAMA).text


@pytest.mark.rule("R42")
def test_a_login_is_taken_away_with_its_sessions(
    house: Any, person: Any, newcomer: Any, ask: Any
) -> None:
    shop = newcomer("10.1.0.1")
    as_offline(shop)
    sign_in(person).send(f"{AOYAMA}/login/removal", on=AOYAMA)
    assert not is_in(shop, ask)
    assert as_offline(newcomer("10.1.0.2")).status_code == 401
    assert buyer_now(house.database, cast.AOYAMA).login_email is None
    assert [e["action"] for e in log_of(house, cast.AOYAMA.id)] == ["buyer_login_removed"]


def test_an_email_changes_without_its_password_and_ends_the_sessions(
    house: Any, person: Any, newcomer: Any, ask: Any
) -> None:
    shop = newcomer("10.1.0.1")
    as_offline(shop)
    sign_in(person).send(f"{AOYAMA}/login", on=AOYAMA, login_email="new@aoyama.example")
    assert not is_in(shop, ask)
    again = newcomer("10.1.0.2").send(
        f"{DOOR}/offline-buyer", on=DOOR, email="new@aoyama.example", password=cast.PASSWORD
    )
    assert again.location.startswith("/shop/")


def test_a_new_password_is_made_on_wish(person: Any, newcomer: Any) -> None:
    email = str(cast.AOYAMA.login_email)
    page = (
        sign_in(person).send(f"{AOYAMA}/login", on=AOYAMA, login_email=email, login_new="yes").text
    )
    [password] = shown_once(page)
    assert as_offline(newcomer("10.1.0.2"), password).location.startswith("/shop/")
    assert as_offline(newcomer("10.1.0.3")).status_code == 401


@pytest.mark.rule("R52", "D12")
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"login_email": "nobody"}, "login_email"),
        ({"login_email": "hanako@aoyama.example", "login_password": "short"}, "login_password"),
        ({"login_email": "buying@brooklyn.example"}, "login_email"),
    ],
)
def test_what_is_wrong_with_a_login_is_said_at_its_field(
    person: Any, form: dict[str, str], field: str
) -> None:
    reply = sign_in(person).send(f"{AOYAMA}/login", on=AOYAMA, **form)
    assert reply.status_code == 422
    assert f'id="{field}-error"' in reply.text
    assert "short" not in reply.text


def test_a_weak_passcode_is_refused_at_its_field(person: Any) -> None:
    reply = sign_in(person).send(f"{AOYAMA}/passcode", on=AOYAMA, passcode="AOYAMA-01")
    assert reply.status_code == 422
    assert 'id="passcode-error"' in reply.text


@pytest.mark.rule("R165")
def test_a_connected_buyer_gets_no_link_login(house: Any, person: Any) -> None:
    here = f"/buyers/{cast.GINZA.id}"
    sign_in(person).send(f"{here}/login", on=here, login_email="x@ginza.example")
    assert "signs in with its user account" in person.open(here).text
    assert buyer_now(house.database, cast.GINZA).login_email is None


@pytest.mark.rule("R44")
def test_a_connected_buyer_gets_a_passcode_too(person: Any, newcomer: Any) -> None:
    here = f"/buyers/{cast.GINZA.id}"
    [passcode] = shown_once(sign_in(person).send(f"{here}/passcode", on=here, passcode="").text)
    rep = newcomer("10.1.0.7").send(
        f"{DOOR}/brand-credentials", on=DOOR, code=cast.GINZA.unique_code, passcode=passcode
    )
    assert rep.location.startswith("/shop/")


def test_staff_sees_who_is_signed_in_and_ends_it(person: Any, newcomer: Any, ask: Any) -> None:
    import re

    rep, other = newcomer("10.1.0.1"), newcomer("10.1.0.2")
    as_rep(rep)
    as_offline(other)
    page = sign_in(person).open(AOYAMA).text
    ends = re.findall(r'action="([^"]+/sessions/[^"]+/end)"', page)
    assert len(ends) == 2
    person.send(ends[1], on=AOYAMA)
    assert not is_in(rep, ask)
    assert is_in(other, ask)
    wrong = ends[0].replace(str(cast.AOYAMA.id), str(cast.BROOKLYN.id))
    person.send(wrong, on=AOYAMA)
    assert is_in(other, ask)


def test_a_new_unique_code_ends_what_the_old_one_opened(
    person: Any, newcomer: Any, ask: Any, house: Any
) -> None:
    rep = newcomer("10.1.0.1")
    as_rep(rep)
    sign_in(person)
    reply = person.client.put(
        f"{API}/{cast.AOYAMA.id}",
        json={"name": cast.AOYAMA.name, "unique_code": "AOYAMA-02", "terms": TERMS},
        headers={"If-Match": '"1"', "X-CSRFToken": csrf(person)},
    )
    assert reply.status_code == 200, reply.text
    assert not is_in(rep, ask)
