"""Staff and users: one form, one account for both apps."""

from typing import Any

import pytest

from common.sessions import copy_key, hash_of
from devstack.world import cast


def sign_in(person: Any, who: cast.Staff | cast.User, **more: str) -> Any:
    return person.send("/signin", email=f" {who.email.upper()} ", password=cast.PASSWORD, **more)


def test_staff_arrives_at_its_links_and_users_in_the_buyer_app(person: Any) -> None:
    assert sign_in(person, cast.OWNER).location == "/links"
    assert sign_in(person, cast.KENJI).location == "/app"


def test_one_arrives_where_one_wanted_to_be_on_this_site_only(person: Any) -> None:
    assert sign_in(person, cast.OWNER, next="/orders?q=1").location == "/orders?q=1"
    assert sign_in(person, cast.OWNER, next="https://evil.example").location == "/links"


def test_a_new_sign_in_ends_the_session_before_it(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    first = person.cookie("s")
    sign_in(person, cast.OWNER)
    assert person.cookie("s") != first
    assert house.deps.cache.get(copy_key("session", hash_of(first))) == b"ended"


def test_signing_out_ends_the_session_everywhere(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    token = person.cookie("s")
    assert person.open("/buyers").status_code == 200
    assert person.send("/account/sign-out", on="/buyers").location == "/signin"
    assert person.cookie("s") is None
    person.client.set_cookie("s", token)
    assert person.open("/buyers").location.startswith("/signin?next=")
    assert house.deps.cache.get(copy_key("session", hash_of(token))) == b"ended"


def test_a_slow_reader_cannot_revive_an_ended_session(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    key = copy_key("session", hash_of(person.cookie("s")))
    person.send("/account/sign-out", on="/account")
    house.deps.copies.fill(key, {"read": "before the end"})
    assert house.deps.cache.get(key) == b"ended"


def test_pages_ask_to_sign_in_first(person: Any) -> None:
    for path in ("/buyers", "/team", "/settings", "/app", "/account"):
        reply = person.open(path)
        assert (reply.status_code, reply.location) == (302, f"/signin?next=%2F{path[1:]}")


def test_a_user_is_no_staff(person: Any) -> None:
    sign_in(person, cast.KENJI)
    for path in ("/buyers", "/team", "/settings"):
        assert person.open(path).status_code == 302
    assert person.client.get("/api/identity/v1/buyers").status_code == 401


@pytest.mark.rule("R51", "R157")
def test_the_buyer_app_shows_the_users_brands_and_buyers(person: Any) -> None:
    sign_in(person, cast.KENJI)
    page = person.open("/app").text
    assert "NORD" in page
    assert "Soleil &amp; Fils" in page
    assert page.count('class="buyer-card"') == 3
    assert "/app/orders" in page


@pytest.mark.rule("R51")
def test_one_account_works_in_both_apps(house: Any, person: Any) -> None:
    from identity.store.models import Membership

    with house.database.transaction() as session:
        session.add(
            Membership(
                organisation_id=cast.GINZA.organisation_id, user_id=cast.OWNER.id, role="member"
            )
        )
    sign_in(person, cast.OWNER)
    assert person.open("/buyers").status_code == 200
    assert cast.GINZA.name in person.open("/app").text


def test_the_pages_speak_japanese(person: Any) -> None:
    person.open("/signin?language=ja")
    page = person.open(f"/signin/{cast.OPEN.token}").text
    assert '<html lang="ja">' in page
    assert "ユーザーアカウントでログイン" in page
    assert "Login with" not in page
