"""The team for programs: a key manages for its brand like an admin, and never an owner (R198, R203)."""

from typing import Any

import pytest
from identity_mails import mails, newest
from identity_staff import Program, make_key, make_member, set_role, sign_in
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast

TEAM = "/api/identity/v1/team"
NEW = "new.colleague@nord.example"
READS = {"role": "member_read", "brand_ids": [str(cast.NORD.id)]}
SALES, OWNER = f"/{cast.SALES.id}", f"/{cast.OWNER.id}"


@pytest.fixture
def program(house: Any, person: Any) -> Program:
    return Program(house, make_key(person, "team:write"), at=TEAM)


def invite(program: Program, **changed: Any) -> Any:
    return program.send("POST", "/invitations", {**READS, "email": NEW, **changed})


def test_programs_of_people_do_the_same(house: Any, person: Any) -> None:
    api = Program.of_person(house, sign_in(person), at=TEAM)
    assert invite(api).status_code == 201
    assert api.change(SALES, READS).json["role"] == "member_read"
    assert {each["role"] for each in api.send("GET").json["members"]} == {
        "primary_owner",
        "member_read",
    }
    [open_one] = api.send("GET", "/invitations").json["invitations"]
    gone = f"/invitations/{open_one['invitation_id']}"
    assert [api.send("DELETE", gone).status_code for _ in range(2)] == [204, 404]
    assert api.send("DELETE", SALES).status_code == 204
    assert api.send("DELETE", f"/{new_id()}").status_code == 404
    assert len(api.send("GET").json["members"]) == 1


def test_a_key_invites_in_the_name_of_who_made_it(house: Any, program: Program, ask: Any) -> None:
    made = invite(program)
    assert (made.status_code, made.json["brand_ids"]) == (201, READS["brand_ids"])
    again = program.send("POST", f"/invitations/{made.json['invitation_id']}/mails")
    assert again.status_code == 201
    assert {mail["values"]["inviter_name"] for mail in mails(house, "invitation")} == {
        cast.OWNER.name
    }
    path = newest(house, ask, "invitation")["path"]
    assert house.client().get(path).status_code == 200
    withdrawn = f"/invitations/{again.json['invitation_id']}"
    assert program.send("DELETE", withdrawn).status_code == 204
    assert house.client().get(path).status_code == 410
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select distinct actor_kind, actor_name from audit_entries where action <> :a")
        actors = session.execute(query, {"a": "api_key_created"}).all()
    assert actors == [("api_key", "Stock")]


@pytest.mark.rule("R198")
def test_a_key_makes_no_owner_and_changes_none(house: Any, program: Program) -> None:
    assert invite(program, role="owner").json["code"] == "role_too_high"
    assert program.change(SALES, {**READS, "role": "owner"}).json["code"] == "role_too_high"
    assert program.change(OWNER, READS).status_code == 403
    assert program.send("DELETE", OWNER).status_code == 403
    set_role(house, cast.SALES, "owner")
    assert program.change(SALES, READS).json["code"] == "role_too_high"
    assert program.send("DELETE", SALES).json["code"] == "role_too_high"
    set_role(house, cast.SALES, "admin")
    assert program.change(SALES, READS).status_code == 200


@pytest.mark.rule("R203")
def test_a_key_gives_and_sees_its_own_brand_only(house: Any, program: Program) -> None:
    soleil = make_member(house, brands=[cast.SOLEIL], name="Soleil’s")
    both = make_member(house, brands=[cast.NORD, cast.SOLEIL], name="Both")
    listed = {each["member_id"]: each for each in program.send("GET").json["members"]}
    assert str(soleil) not in listed
    assert listed[str(both)]["brand_ids"] == [str(cast.NORD.id)]
    tag = {"If-Match": program.send("GET", f"/{both}").headers["ETag"]}
    for method, body in (("GET", None), ("PUT", READS), ("DELETE", None)):
        assert program.send(method, f"/{soleil}", body, **tag).status_code == 404
    assert program.send("PUT", f"/{both}", READS, **tag).json["code"] == "beyond_your_brands"
    assert program.send("DELETE", f"/{both}").json["code"] == "beyond_your_brands"
    for given in ({"brand_ids": [str(cast.SOLEIL.id)]}, {"has_all_brands": True}):
        assert invite(program, **given).json["errors"][0]["field"] == "brands"


@pytest.mark.rule("R198")
def test_a_key_can_do_no_more_than_who_made_it_can_now(house: Any, newcomer: Any) -> None:
    set_role(house, cast.SALES, "admin")
    admin = sign_in(newcomer(), cast.SALES)
    program = Program(house, make_key(admin, "team:write", by=cast.SALES), at=TEAM)
    other = make_member(house, brands=[cast.NORD])
    assert invite(program).status_code == 201
    assert program.change(SALES, READS).json["code"] == "not_yourself"
    set_role(house, cast.SALES, "member_write")
    refused = program.send("DELETE", f"/{other}")
    assert (refused.status_code, refused.json["code"]) == (403, "role_not_enough")
    assert invite(program).status_code == 403
    assert program.send("GET").status_code == 200


@pytest.mark.rule("R203")
@pytest.mark.parametrize(
    "offered",
    [
        {"role": "owner", "has_all_brands": True, "brand_ids": []},
        {"role": "member_read", "brand_ids": [str(cast.NORD.id), str(cast.SOLEIL.id)]},
    ],
)
def test_a_key_ends_no_invitation_by_inviting_to_less(
    house: Any, program: Program, newcomer: Any, ask: Any, offered: Any
) -> None:
    owner = Program.of_person(house, sign_in(newcomer()), at=TEAM)
    assert owner.send("POST", "/invitations", {"email": NEW, **offered}).status_code == 201
    path = newest(house, ask, "invitation")["path"]
    assert invite(program).json["code"] in ("beyond_your_brands", "role_too_high")
    assert house.client().get(path).status_code == 200
    assert invite(owner).status_code == 201
    assert house.client().get(path).status_code == 410


@pytest.mark.rule("R203")
def test_a_key_learns_nothing_of_who_works_or_is_invited_for_another_brand(
    house: Any, program: Program, newcomer: Any, ask: Any
) -> None:
    member = make_member(house, brands=[cast.SOLEIL])
    owner = Program.of_person(house, sign_in(newcomer()), at=TEAM)
    soleils = {"role": "admin", "brand_ids": [str(cast.SOLEIL.id)]}
    owner.send("POST", "/invitations", {"email": NEW, **soleils})
    first = newest(house, ask, "invitation")["path"]
    told = [
        invite(program, email=email)
        for email in (f"{member}@x.example", NEW, "stranger@nord.example")
    ]
    assert [reply.status_code for reply in told] == [201, 201, 201]
    assert len({tuple(sorted(reply.json)) for reply in told}) == 1
    assert house.client().get(first).status_code == 200, "A key ends nothing that it does not see."
    mine = program.send("GET", "/invitations").json["invitations"]
    assert [each["invitation_id"] for each in mine] == [
        reply.json["invitation_id"] for reply in told
    ]
    assert invite(owner).status_code == 201
    assert house.client().get(first).status_code == 410
    seen = invite(owner, email=f"{member}@x.example")
    assert (seen.status_code, seen.json["code"]) == (409, "member_already")


@pytest.mark.rule("R203")
def test_who_works_for_another_brand_does_not_join_twice(
    house: Any, program: Program, newcomer: Any, ask: Any
) -> None:
    assert program.send("DELETE", SALES).status_code == 204
    owner = Program.of_person(house, sign_in(newcomer()), at=TEAM)
    soleils = {"role": "member_read", "brand_ids": [str(cast.SOLEIL.id)]}
    paths = []
    for who, post in ((owner, soleils), (program, READS)):
        made = who.send("POST", "/invitations", {"email": cast.SALES.email, **post})
        assert made.status_code == 201
        paths.append(newest(house, ask, "invitation")["path"])
    sales = newcomer()
    sign_in(sales, cast.SALES)
    assert [sales.send(path).status_code for path in paths] == [302, 409]


@pytest.mark.rule("R198")
def test_removing_who_made_a_key_revokes_it(house: Any, person: Any, newcomer: Any) -> None:
    set_role(house, cast.SALES, "admin")
    program = Program(house, make_key(newcomer(), "team:write", by=cast.SALES), at=TEAM)
    invitation = invite(program).json["invitation_id"]
    owner = Program.of_person(house, sign_in(person), at=TEAM)
    assert owner.send("DELETE", SALES).status_code == 204
    assert program.send("GET").status_code == 401
    assert owner.send("GET", "/invitations").json["invitations"] == []
    assert owner.send("DELETE", f"/invitations/{invitation}").status_code == 404


def test_other_scopes_open_nothing_of_it(house: Any, person: Any) -> None:
    scopes = ("identity:write", "settings:write", "links:write")
    for key in (make_key(person, *scopes), make_key(person, "team:read")):
        program = Program(house, key, at=TEAM)
        assert invite(program).json["code"] == "scope_missing"
        assert program.send("DELETE", SALES).json["code"] == "scope_missing"
    assert program.send("GET", SALES).json["name"] == cast.SALES.name
    blind = Program(house, make_key(person, *scopes), at=TEAM)
    assert blind.send("GET").json["code"] == "scope_missing"
    buyers = Program(house, make_key(person, "team:write"))
    assert buyers.send("GET").json["code"] == "scope_missing"


def test_its_documentation_says_what_people_alone_do(house: Any) -> None:
    page = house.client().get("/api/identity/docs").text
    assert "The primary ownership is not handed over here" in page
    assert "team:write" in page


def test_a_change_needs_what_was_read(house: Any, program: Program) -> None:
    assert program.send("PUT", SALES, READS).status_code == 428
    tag = program.send("GET", SALES).headers["ETag"]
    assert program.send("PUT", SALES, READS, **{"If-Match": tag}).status_code == 200
    late = program.send("PUT", SALES, {**READS, "role": "admin"}, **{"If-Match": tag})
    assert (late.status_code, late.mimetype) == (412, "application/problem+json")
    assert program.send("GET", SALES).json["role"] == "member_read"


def test_the_lists_are_read_page_by_page(house: Any, program: Program) -> None:
    expected = {str(make_member(house, brands=[cast.NORD])) for _ in range(4)}
    for at in range(3):
        invite(program, email=f"{at}@nord.example")
    for path, name, key, least in (
        ("", "members", "member_id", 6),
        ("/invitations", "invitations", "invitation_id", 3),
    ):
        found, after = [], ""
        while after is not None:
            page = program.send("GET", f"{path}?limit=2{after}").json
            assert len(page[name]) <= 2
            found += [each[key] for each in page[name]]
            after = f"&after={page['next_after']}" if page["next_after"] else None
        assert len(found) == len(set(found)) == least
        assert path or set(found) >= expected
