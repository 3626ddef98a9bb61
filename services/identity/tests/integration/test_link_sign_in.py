"""The three ways into a link, and no fourth."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from common.sessions import copy_key, hash_of
from devstack.world import cast

OPEN = f"/signin/{cast.OPEN.token}"
SHOP = f"/shop/{cast.OPEN.token}"
Ask = Callable[..., TestResponse]


def offline(person: Any, buyer: cast.Buyer, password: str = cast.PASSWORD, at: str = OPEN) -> Any:
    return person.send(f"{at}/offline-buyer", on=at, email=buyer.login_email, password=password)


def by_code(person: Any, code: str, passcode: str | None, at: str = OPEN, **more: str) -> Any:
    given = {"code": code, "passcode": passcode or "nothing-set", **more}
    return person.send(f"{at}/brand-credentials", on=at, **given)


def as_user(person: Any, password: str = cast.PASSWORD) -> Any:
    return person.send(f"{OPEN}/user-account", on=OPEN, email=cast.KENJI.email, password=password)


def choose(person: Any, buyer_id: object) -> Any:
    return person.send(f"{OPEN}/buyers", buyer_id=str(buyer_id))


def claims(ask: Ask, person: Any, link: cast.Link = cast.OPEN) -> Any:
    token = person.cookie("b")
    question = {"kind": "buyer", "token_hash": hash_of(token or ""), "link_id": str(link.id)}
    reply = ask("sessions/read", question)
    return reply.json if reply.status_code == 200 else None


@pytest.mark.rule("R34")
def test_exactly_three_ways_are_offered_in_the_words_of_the_page(person: Any) -> None:
    page = person.open(OPEN).text
    for words in ("User Account", "Offline Buyer", "Brand-Specific Credentials"):
        assert f"Login with {words}</button>" in page
    assert page.count("Login with ") == 3
    assert person.client.post(f"{OPEN}/guest").status_code in (403, 404)


@pytest.mark.rule("R39", "R41", "R56")
def test_an_offline_buyer_signs_in_by_what_the_brand_set(ask: Ask, person: Any) -> None:
    reply = offline(person, cast.AOYAMA)
    assert (reply.status_code, reply.location) == (302, SHOP)
    said = claims(ask, person)
    assert said["kind"] == "buyer"
    assert said["buyer_id"] == str(cast.AOYAMA.id)
    assert said["method"] == "offline_login"
    assert said["language"] == "ja"
    assert said["user_id"] is None


@pytest.mark.rule("R39")
def test_a_link_login_is_no_user_account(person: Any) -> None:
    fields = {"email": cast.AOYAMA.login_email, "password": cast.PASSWORD}
    assert person.send(f"{OPEN}/user-account", on=OPEN, **fields).status_code == 401
    assert person.send("/signin", **fields).status_code == 401


@pytest.mark.rule("R40")
def test_an_offline_login_opens_no_link_of_another_brand(house: Any, person: Any, ask: Ask) -> None:
    answer = house.peers.answers["links", "links/resolve"]
    theirs = {
        "link_id": str(cast.fixed_id(900)),
        "brand_id": str(cast.SOLEIL.id),
        "token": "theirs",
    }
    house.peers.answers["links", "links/resolve"] = lambda asked: (
        answer({"token": cast.OPEN.token}) | theirs if asked["token"] == "theirs" else answer(asked)
    )
    assert offline(person, cast.AOYAMA, at="/signin/theirs").status_code == 401
    code, passcode = cast.GINZA.unique_code, cast.GINZA.passcode
    assert by_code(person, code, passcode, at="/signin/theirs").status_code == 401


@pytest.mark.rule("R42")
def test_without_a_link_login_there_is_no_offline_sign_in(person: Any) -> None:
    given = {"email": cast.GINZA.contact_email, "password": cast.PASSWORD}
    assert person.send(f"{OPEN}/offline-buyer", on=OPEN, **given).status_code == 401


@pytest.mark.rule("R43", "R44", "R46")
@pytest.mark.parametrize("buyer", [cast.AOYAMA, cast.GINZA], ids=["offline", "connected"])
def test_code_and_passcode_work_for_both_kinds_of_buyers(
    ask: Ask, person: Any, buyer: cast.Buyer
) -> None:
    reply = by_code(person, f" {buyer.unique_code.lower()} ", buyer.passcode, operator="Jonas")
    assert (reply.status_code, reply.location) == (302, SHOP)
    said = claims(ask, person)
    assert said["buyer_id"] == str(buyer.id)
    assert (said["method"], said["operator"]) == ("brand_credentials", "Jonas")


@pytest.mark.rule("R45")
@pytest.mark.parametrize("passcode", ["", "nothing-set"])
def test_a_code_alone_signs_nobody_in(house: Any, person: Any, passcode: str) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        from identity.store.models import Buyer

        session.get_one(Buyer, cast.GINZA.id).passcode_hash = None
    reply = person.send(
        f"{OPEN}/brand-credentials", on=OPEN, code=cast.GINZA.unique_code, passcode=passcode
    )
    assert reply.status_code == (401 if passcode else 422)
    assert person.cookie("b") is None


@pytest.mark.rule("R35", "R36")
def test_a_user_signs_in_and_chooses_one_of_its_buyers(ask: Ask, person: Any) -> None:
    reply = as_user(person)
    assert reply.location == f"{OPEN}/buyers"
    assert claims(ask, person) is None
    page = person.open(f"{OPEN}/buyers").text
    assert cast.GINZA.name in page
    assert cast.PORTLAND.name in page
    assert choose(person, cast.PORTLAND.id).location == SHOP
    said = claims(ask, person)
    assert (said["buyer_id"], said["user_id"]) == (str(cast.PORTLAND.id), str(cast.KENJI.id))
    assert said["method"] == "user_account"


@pytest.mark.rule("R37")
def test_a_user_cannot_choose_a_buyer_of_others(ask: Ask, person: Any) -> None:
    as_user(person)
    for buyer in (cast.AOYAMA, cast.BROOKLYN):
        assert choose(person, buyer.id).status_code == 403
    assert choose(person, "rubbish").status_code == 422
    assert claims(ask, person) is None


@pytest.mark.rule("R38")
def test_a_buyer_of_another_brand_is_shown_but_cannot_be_chosen(ask: Ask, person: Any) -> None:
    as_user(person)
    page = person.open(f"{OPEN}/buyers").text
    assert f'value="{cast.GINZA_SOLEIL.id}" disabled' in page
    assert "NORD does not know this buyer yet" in page
    assert choose(person, cast.GINZA_SOLEIL.id).status_code == 403
    assert claims(ask, person) is None


@pytest.mark.rule("R38")
def test_a_user_unknown_to_the_brand_is_told_so(house: Any, person: Any) -> None:
    from identity.store.models import Membership

    with house.database.transaction() as session:
        for row in session.query(Membership).filter_by(user_id=cast.KENJI.id):
            session.delete(row)
    as_user(person)
    page = person.open(f"{OPEN}/buyers").text
    assert "none of your organizations is connected to NORD" in page
    assert "Continue" not in page


@pytest.mark.rule("R37")
def test_leaving_the_organisation_ends_what_the_session_may(
    house: Any, ask: Ask, person: Any
) -> None:
    as_user(person)
    choose(person, cast.GINZA.id)
    from identity.store.models import Membership

    with house.database.transaction() as session:
        session.delete(session.get_one(Membership, (cast.GINZA.organisation_id, cast.KENJI.id)))
    house.deps.cache.flushdb()
    assert claims(ask, person) is None


@pytest.mark.rule("R55")
def test_a_session_is_bound_to_its_link(ask: Ask, person: Any) -> None:
    offline(person, cast.AOYAMA)
    assert claims(ask, person, cast.STAYS) is None


@pytest.mark.rule("R55")
def test_choosing_again_takes_the_place_of_the_first_choice(ask: Ask, person: Any) -> None:
    as_user(person)
    choose(person, cast.GINZA.id)
    first = claims(ask, person)
    assert choose(person, cast.PORTLAND.id).location == SHOP
    second = claims(ask, person)
    assert second["buyer_id"] == str(cast.PORTLAND.id)
    assert second["session_id"] != first["session_id"]


def test_whoever_is_signed_in_goes_straight_to_the_shop(person: Any) -> None:
    offline(person, cast.AOYAMA)
    assert person.open(OPEN).location == SHOP


def test_every_sign_in_gives_a_new_token_and_keeps_the_other_links(
    house: Any, ask: Ask, person: Any
) -> None:
    offline(person, cast.AOYAMA)
    first = person.cookie("b")
    kept = claims(ask, person)
    stays = f"/signin/{cast.STAYS.token}"
    by_code(person, cast.GINZA.unique_code, cast.GINZA.passcode, at=stays)
    assert person.cookie("b") != first
    assert claims(ask, person)["session_id"] == kept["session_id"]
    assert claims(ask, person, cast.STAYS)["buyer_id"] == str(cast.GINZA.id)
    old_copy = house.deps.cache.get(copy_key("buyer", hash_of(first), cast.OPEN.id))
    assert old_copy == b"ended"
    question = {"kind": "buyer", "token_hash": hash_of(first), "link_id": str(cast.OPEN.id)}
    assert ask("sessions/read", question).status_code == 404


def test_not_you_ends_this_link_only(house: Any, ask: Ask, person: Any) -> None:
    offline(person, cast.AOYAMA)
    stays = f"/signin/{cast.STAYS.token}"
    by_code(person, cast.GINZA.unique_code, cast.GINZA.passcode, at=stays)
    claims(ask, person)
    person.send(f"{OPEN}/sign-out", on="/signin")
    assert claims(ask, person) is None
    assert claims(ask, person, cast.STAYS) is not None
    key = copy_key("buyer", hash_of(person.cookie("b")), cast.OPEN.id)
    assert house.deps.cache.get(key) == b"ended"
    assert 60 < house.deps.cache.ttl(key) <= 120


def test_getting_pages_changes_nothing(ask: Ask, person: Any) -> None:
    offline(person, cast.AOYAMA)
    assert person.client.get(f"{OPEN}/sign-out").status_code == 405
    assert person.client.get(f"{OPEN}/offline-buyer").status_code == 405
    assert claims(ask, person) is not None


def test_the_last_way_is_remembered_on_this_device(person: Any) -> None:
    assert "Last used" not in person.open(OPEN).text
    offline(person, cast.AOYAMA)
    person.send(f"{OPEN}/sign-out", on="/signin")
    page = person.open(OPEN).text
    assert page.count("Last used on this device") == 1
    assert page.index("way--last") < page.index("/offline-buyer") < page.index("/brand-credentials")


def test_an_unknown_link_is_not_there(person: Any) -> None:
    assert person.open("/signin/unknown-token").status_code == 404
    assert person.client.post("/signin/unknown-token/offline-buyer").status_code == 403


@pytest.mark.parametrize("state", ["void", "expired", "not_yet_released"])
def test_a_link_that_is_not_open_sends_back_to_its_gate(
    house: Any, person: Any, state: str
) -> None:
    resolve = house.peers.answers["links", "links/resolve"]
    house.peers.answers["links", "links/resolve"] = lambda asked: resolve(asked) | {"state": state}
    assert person.open(OPEN).location == f"/l/{cast.OPEN.token}"


@pytest.mark.rule("R27")
def test_a_passcode_is_passed_before_anybody_signs_in(house: Any, ask: Ask, person: Any) -> None:
    resolve = house.peers.answers["links", "links/resolve"]
    house.peers.answers["links", "links/resolve"] = lambda asked: (
        resolve(asked) | {"passcode_version": 3}
    )
    assert person.open(OPEN).location == f"/l/{cast.OPEN.token}"
    granted = ask(
        "passes/grant",
        {"link_id": str(cast.OPEN.id), "passcode_version": 3, "browser_token_hash": None},
    ).json
    person.client.set_cookie("b", granted["browser_token"])
    assert person.open(OPEN).status_code == 200
    for version in (2, 3, 4):
        asked = {
            "link_id": str(cast.OPEN.id),
            "passcode_version": version,
            "browser_token_hash": hash_of(granted["browser_token"]),
        }
        assert ask("passes/read", asked).json == {"passed": version == 3}
    offline(person, cast.AOYAMA)
    assert claims(ask, person)["passcode_version"] == 3
    house.deps.cache.flushdb()
    house.peers.answers["links", "links/resolve"] = lambda asked: (
        resolve(asked) | {"passcode_version": 4}
    )
    assert person.open(OPEN).location == f"/l/{cast.OPEN.token}"


def test_a_browser_keeps_its_newest_twenty_links(house: Any, ask: Ask, person: Any) -> None:
    resolve = house.peers.answers["links", "links/resolve"]

    def many(asked: dict[str, Any]) -> dict[str, Any]:
        number = int(asked["token"])
        mine = {"link_id": str(cast.fixed_id(1000 + number)), "token": asked["token"]}
        return dict(resolve({"token": cast.OPEN.token})) | mine

    house.peers.answers["links", "links/resolve"] = many
    for number in range(22):
        offline(person, cast.AOYAMA, at=f"/signin/{number}")
    token_hash = hash_of(person.cookie("b"))
    alive = [
        number
        for number in range(22)
        if ask(
            "sessions/read",
            {
                "kind": "buyer",
                "token_hash": token_hash,
                "link_id": str(cast.fixed_id(1000 + number)),
            },
        ).status_code
        == 200
    ]
    assert alive == list(range(2, 22))


def test_signing_in_is_told_once(house: Any, person: Any) -> None:
    from sqlalchemy import select

    from common.delivery.tables import OutboxDelivery, OutboxEvent

    offline(person, cast.AOYAMA)
    with house.database.transaction() as session:
        [event] = session.scalars(select(OutboxEvent))
        [owed] = session.scalars(select(OutboxDelivery))
    assert event.name == "identity.buyer_signed_in.v1"
    assert owed.subscriber == "links"
    assert event.envelope["payload"]["method"] == "offline_login"
    assert event.envelope["brand_id"] == str(cast.NORD.id)


@pytest.mark.rule("R55")
def test_a_shared_device_is_cleared_of_everybody(house: Any, person: Any) -> None:
    given = {"email": cast.AOYAMA.login_email, "password": cast.PASSWORD}
    other = f"/signin/{cast.STAYS.token}"
    for door in (OPEN, other):
        assert person.send(f"{door}/offline-buyer", on=door, **given).status_code == 302
    token = person.cookie("b")
    reply = person.send(f"{OPEN}/clearing", on=f"/signin/{cast.SHIPPED.token}")
    assert reply.location == OPEN
    assert person.cookie("b") is None
    assert person.cookie("last_method") is None
    assert "storage" in reply.headers["Clear-Site-Data"]
    person.client.set_cookie("b", token)
    for door in (OPEN, other):
        assert person.open(door).status_code == 200, "a session lives on"
