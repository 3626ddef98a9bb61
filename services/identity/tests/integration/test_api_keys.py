"""Keys for programs: shown once, held to their scopes, refused everywhere once revoked."""

from datetime import timedelta
from typing import Any

import pytest
from identity_staff import make_key, sign_in
from sqlalchemy import text

from common.ids import new_id
from common.sessions import copy_key, hash_of
from devstack.world import cast

LIST = "/api/identity/v1/buyers"


def call(house: Any, key: str, path: str = LIST, **given: Any) -> Any:
    return house.client().get(path, headers={"Authorization": f"Bearer {key}"}, **given)


def test_a_key_is_shown_once_and_stored_as_a_hash(house: Any, person: Any) -> None:
    key = make_key(person, "identity:read")
    page = person.open("/settings/api-keys").text
    assert key not in page
    assert key[:9] in page
    with house.database.transaction(cast.MAKER_ID) as session:
        for table in ("api_keys", "api_key_lookup", "audit_entries"):
            assert key not in str(session.execute(text(f"select * from {table}")).all())  # noqa: S608
        assert session.scalar(text("select token_hash from api_keys")) == hash_of(key)


def test_sending_the_form_again_makes_no_second_key(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    form = {"id": str(new_id()), "brand_id": str(cast.NORD.id), "name": "A", "scopes": "links:read"}
    assert person.send("/settings/api-keys", **form).status_code == 201
    assert person.send("/settings/api-keys", **form).status_code == 302
    with house.database.transaction(cast.MAKER_ID) as session:
        assert session.scalar(text("select count(*) from api_keys")) == 1


@pytest.mark.rule("R203")
def test_a_key_sees_its_own_brand_only(house: Any, person: Any) -> None:
    key = make_key(person, "identity:read")
    names = {each["name"] for each in call(house, key).json["buyers"]}
    assert names == {b.name for b in cast.BUYERS if b.brand is cast.NORD}
    assert call(house, key, f"{LIST}/{cast.GINZA_SOLEIL.id}").status_code == 404


def test_a_key_can_only_do_what_it_was_made_for(house: Any, person: Any) -> None:
    assert call(house, make_key(person, "links:write")).status_code == 403
    problem = call(house, make_key(person, "catalog:read", "checkout:write")).json
    assert problem["code"] == "scope_missing"
    assert call(house, make_key(person, "identity:write")).status_code == 200


def test_a_key_opens_no_page_and_is_no_person(house: Any, person: Any) -> None:
    key = make_key(person, "identity:write")
    for path in ("/buyers", "/settings/api-keys", "/team"):
        assert call(house, key, path).status_code == 302


def test_a_revoked_key_is_refused_by_the_next_request(house: Any, person: Any) -> None:
    key = make_key(person, "identity:read")
    assert call(house, key).status_code == 200
    with house.database.transaction(cast.MAKER_ID) as session:
        key_id = session.scalar(text("select id from api_keys"))
    person.send(f"/settings/api-keys/{key_id}/revocation", on="/settings/api-keys")
    assert house.deps.cache.get(copy_key("api_key", hash_of(key))) == b"ended"
    assert call(house, key).status_code == 401
    house.deps.cache.flushdb()
    assert call(house, key).status_code == 401
    assert "Revoked" in person.open("/settings/api-keys").text


def test_other_services_read_a_key_as_they_read_sessions(house: Any, person: Any, ask: Any) -> None:
    key = make_key(person, "checkout:read", "links:write")
    claims = ask("sessions/read", {"kind": "api_key", "token_hash": hash_of(key)}).json
    assert claims["kind"] == "api_key"
    assert claims["brand_ids"] == [str(cast.NORD.id)]
    assert claims["scopes"] == ["links:write", "checkout:read"]
    assert (claims["role"], claims["user_id"]) == ("member_write", None)
    unknown = ask("sessions/read", {"kind": "api_key", "token_hash": hash_of("ol_x")})
    assert unknown.status_code == 404


def test_its_last_use_is_written_once_an_hour(house: Any, person: Any, ask: Any) -> None:
    key = make_key(person, "identity:read")

    def used() -> Any:
        ask("sessions/read", {"kind": "api_key", "token_hash": hash_of(key)})
        with house.database.transaction(cast.MAKER_ID) as session:
            return session.scalar(text("select last_used_at from api_keys"))

    first = used()
    assert first is not None
    assert used() == first
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update api_keys set last_used_at = :t"), {"t": first - timedelta(hours=2)}
        )
    assert used() > first


@pytest.mark.rule("R198", "R203")
def test_only_owners_and_admins_make_keys_and_only_for_their_brands(
    house: Any, person: Any, newcomer: Any
) -> None:
    make_key(person, "identity:read", brand=cast.SOLEIL)
    with house.database.transaction(cast.MAKER_ID) as session:
        key_id = session.scalar(text("select id from api_keys"))
    sales = newcomer()
    sign_in(sales, cast.SALES)
    form = {"id": str(new_id()), "brand_id": str(cast.NORD.id), "name": "A", "scopes": "links:read"}
    assert sales.open("/settings/api-keys").status_code == 403
    assert sales.send("/settings/api-keys", on="/buyers", **form).status_code == 403
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update staff_members set role = 'admin' where user_id = :u"), {"u": cast.SALES.id}
        )
    house.deps.cache.flushdb()
    assert "Soleil" not in sales.open("/settings/api-keys").text
    assert (
        sales.send("/settings/api-keys", **form | {"brand_id": str(cast.SOLEIL.id)}).status_code
        == 404
    )
    assert sales.send(f"/settings/api-keys/{key_id}/revocation", on="/buyers").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["root:all"]}, "scopes")],
)
def test_what_is_missing_is_said_at_its_field(person: Any, wrong: Any, field: str) -> None:
    sign_in(person, cast.OWNER)
    form = {
        "id": str(new_id()),
        "brand_id": str(cast.NORD.id),
        "name": "Typed",
        "scopes": ["links:read"],
    }
    reply = person.send("/settings/api-keys", **form | wrong)
    assert reply.status_code == 422
    assert f'id="{field}-error"' in reply.text
    assert 'value="Typed"' in reply.text or field == "name"
