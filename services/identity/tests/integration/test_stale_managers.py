"""Who managed a moment ago: the rows decide, not the claims that a request began with (R198)."""

from typing import Any

import pytest
from identity_staff import Program, make_key, set_role, sign_in
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast

TEAM = "/api/identity/v1/team"
READS = {"role": "member_read", "brand_ids": [str(cast.NORD.id)]}


def change(house: Any, words: str) -> None:
    """Change rows as a request at the same moment does: the copy of the session is not buried yet."""
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(text(words), {"id": cast.SALES.id})


def invite(program: Program, **changed: Any) -> Any:
    return program.send("POST", "/invitations", {**READS, "email": "x@nord.example", **changed})


@pytest.fixture
def admin(house: Any, newcomer: Any) -> Program:
    """Somebody of the team who was an admin when the request began."""
    set_role(house, cast.SALES, "admin")
    program = Program.of_person(house, sign_in(newcomer(), cast.SALES), at=TEAM)
    assert program.send("GET").status_code == 200
    return program


@pytest.mark.rule("R198")
def test_who_was_put_down_meanwhile_manages_nobody(house: Any, admin: Program) -> None:
    change(house, "update staff_members set role = 'member_write' where user_id = :id")
    assert invite(admin).json["code"] == "role_not_enough"
    assert admin.send("DELETE", f"/{cast.OWNER.id}").json["code"] == "role_not_enough"


@pytest.mark.rule("R198")
def test_who_was_put_down_meanwhile_makes_no_key(house: Any, newcomer: Any) -> None:
    set_role(house, cast.SALES, "admin")
    person = sign_in(newcomer(), cast.SALES)
    assert person.open("/settings/api-keys").status_code == 200
    key = {"brand_id": str(cast.NORD.id), "name": "A", "scopes": "team:write"}
    change(house, "update staff_members set role = 'member_write' where user_id = :id")
    reply = person.send("/settings/api-keys", id=str(new_id()), **key)
    assert reply.status_code == 403


@pytest.mark.rule("R198")
def test_who_was_removed_meanwhile_manages_nobody(house: Any, admin: Program) -> None:
    change(
        house,
        "delete from staff_brands where staff_id in"
        " (select id from staff_members where user_id = :id)",
    )
    for table in ("staff_lookup", "staff_members"):
        change(house, f"delete from {table} where user_id = :id")  # noqa: S608
    assert invite(admin).status_code == 401


@pytest.mark.rule("R203")
def test_whose_brands_were_taken_meanwhile_gives_none(house: Any, admin: Program) -> None:
    change(
        house,
        "delete from staff_brands where staff_id in"
        " (select id from staff_members where user_id = :id)",
    )
    change(house, "update staff_members set has_all_brands = false where user_id = :id")
    assert invite(admin).json["errors"][0]["field"] == "brands"


def test_a_key_revoked_meanwhile_manages_nobody(house: Any, person: Any) -> None:
    program = Program(house, make_key(person, "team:write"), at=TEAM)
    assert program.send("GET").status_code == 200
    change(house, "update api_keys set revoked_at = now() where created_by <> :id")
    assert invite(program).status_code == 401
