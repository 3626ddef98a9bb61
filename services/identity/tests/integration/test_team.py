"""The team: invited by mail, given a role and brands, removed, and who may do so (R198, R203)."""

from typing import Any
from uuid import UUID

import pytest
from identity_mails import mails, newest
from identity_staff import Program, make_key, make_member, set_role, sign_in
from sqlalchemy import select, text

from common.ids import new_id
from devstack.world import cast
from identity.domain.membership import LastOwner
from identity.domain.team import RoleTooHigh, demand_may_change, demand_may_give
from identity.store.models import AuditEntry, StaffMember, User

NEW = "new.colleague@nord.example"
ALL = {"has_all_brands": "yes"}


@pytest.fixture
def owner(person: Any) -> Any:
    return sign_in(person)


def id_of(house: Any, user_id: UUID) -> UUID:
    with house.database.transaction(cast.MAKER_ID) as session:
        found = session.scalars(select(StaffMember.id).where(StaffMember.user_id == user_id)).one()
    return UUID(str(found))


def invite(person: Any, email: str = NEW, **post: Any) -> Any:
    return person.send("/team/invite", email=email, **{"role": "member_write", **post})


def actions(house: Any) -> list[str]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(AuditEntry.action).where(AuditEntry.subject_kind == "member")
        return list(session.scalars(query.order_by(AuditEntry.id)))


def make_account(house: Any, email: str = NEW) -> UUID:
    """Let somebody have a user account with that address and the world's password."""
    with house.database.transaction() as session:
        known = session.get(User, cast.KENJI.id)
        user = User(
            email=email, name="Nao Colleague", language="en", password_hash=known.password_hash
        )
        session.add(user)
        session.flush()
        return UUID(str(user.id))


def test_whoever_is_invited_joins_with_the_role_and_brands_of_the_invitation(
    house: Any, owner: Any, newcomer: Any, ask: Any
) -> None:
    make_account(house)
    assert invite(owner, brands=str(cast.NORD.id)).location == "/team"
    assert NEW in owner.open("/team").text
    [mail] = mails(house, "invitation")
    assert (mail["recipient"], mail["values"]["role"]) == (NEW, "member_write")
    path = newest(house, ask, "invitation")["path"]
    guest = newcomer()
    guest.send("/signin", email=NEW, password=cast.PASSWORD)
    assert guest.send(path).location == "/links"
    page = guest.open("/team").text
    assert "Nao Colleague" in page
    assert "/team/invite" not in page, "A member does not manage the team."
    assert guest.send("/team/invite", on="/team", email=NEW, role="admin").status_code == 403
    assert "Invited, until" not in owner.open("/team").text
    with house.database.transaction(cast.MAKER_ID) as session:
        brands = "select brand_id from staff_brands b join staff_members m on m.id = b.staff_id"
        rows = session.execute(text(f"{brands} where m.role = 'member_write'")).scalars().all()
    assert rows.count(cast.NORD.id) == 2, "Jonas and the new colleague."
    assert actions(house) == ["member_invited", "member_joined"]
    assert guest.open(path).status_code == 410


def test_an_invitation_is_for_its_address_only(
    house: Any, owner: Any, newcomer: Any, ask: Any
) -> None:
    invite(owner, **ALL)
    stranger = newcomer()
    stranger.send("/signin", email=cast.KENJI.email, password=cast.PASSWORD)
    path = newest(house, ask, "invitation")["path"]
    assert stranger.send(path).status_code == 403
    assert stranger.open("/team").status_code in (302, 401, 403)


def test_a_newer_invitation_ends_the_one_before_and_can_be_withdrawn(
    house: Any, owner: Any, ask: Any
) -> None:
    invite(owner, **ALL)
    first = newest(house, ask, "invitation")["path"]
    invite(owner, role="admin", **ALL)
    second = newest(house, ask, "invitation")["path"]
    assert owner.open(first).status_code == 410
    assert owner.open(second).status_code == 200
    with house.database.transaction(cast.MAKER_ID) as session:
        row = session.execute(text("select id from team_invitations where state = 'open'")).one()
    assert owner.send(f"/team/invitations/{row.id}/withdrawal", on="/team").location == "/team"
    assert owner.open(second).status_code == 410
    assert NEW not in owner.open("/team").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "no address", **ALL}, "complete email address"),
        ({"email": cast.SALES.email, **ALL}, "a member already"),
        ({"email": NEW}, "Choose at least one brand"),
        ({"email": NEW, "brands": str(new_id())}, "Give only brands that you see yourself"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    house: Any, owner: Any, fields: dict[str, str], sentence: str
) -> None:
    reply = owner.send("/team/invite", role="admin", **fields)
    assert reply.status_code in (409, 422)
    assert sentence in reply.text
    assert f'value="{fields["email"]}"' in reply.text
    assert '<option value="admin" selected' in reply.text
    assert mails(house, "invitation") == []


@pytest.mark.rule("R203")
def test_another_post_ends_the_sessions_and_counts_from_the_next_sign_in(
    house: Any, owner: Any, newcomer: Any
) -> None:
    sales = sign_in(newcomer(), cast.SALES)
    member = id_of(house, cast.SALES.id)
    assert sales.open("/team").status_code == 200
    reply = owner.send(f"/team/{member}", role="member_read", brands=str(cast.SOLEIL.id))
    assert reply.location == "/team"
    assert sales.open("/team").status_code in (302, 401)
    sign_in(sales, cast.SALES)
    page = sales.open("/buyers").text
    assert cast.AOYAMA.name not in page, "A buyer of NORD, which is not seen any more."
    assert sales.open("/buyers/new").status_code == 403
    assert actions(house) == ["member_changed"]


def test_removed_means_signed_out_and_back_to_a_plain_account(
    house: Any, owner: Any, newcomer: Any
) -> None:
    sales = sign_in(newcomer(), cast.SALES)
    member = id_of(house, cast.SALES.id)
    assert owner.send(f"/team/{member}/removal", on=f"/team/{member}").location == "/team"
    assert sales.open("/links").status_code in (302, 401, 404)
    assert cast.SALES.name not in owner.open("/team").text
    assert owner.open(f"/team/{member}").status_code == 404
    assert sign_in(sales, cast.SALES).client.get("/team").status_code in (302, 401, 403)
    assert actions(house) == ["member_removed"]


@pytest.mark.rule("R198")
def test_what_a_removed_member_gave_ends_with_it(
    house: Any, owner: Any, newcomer: Any, ask: Any
) -> None:
    set_role(house, cast.SALES, "admin")
    admin = newcomer()
    key, given = make_key(admin, "identity:read", by=cast.SALES), {"brands": str(cast.NORD.id)}
    own = make_key(newcomer(), "identity:read", name="The owner’s")
    invite(admin, **given)
    theirs = newest(house, ask, "invitation")["path"]
    invite(owner, email="another@nord.example", **given)
    kept = newest(house, ask, "invitation")["path"]
    assert Program(house, key).send("GET").status_code == 200
    member = id_of(house, cast.SALES.id)
    page = owner.open(f"/team/{member}").text
    assert f"Invitation to {NEW}" in page
    assert f"API key “Stock” ({key[:9]}…)" in page
    assert "Invitation to another@nord.example" not in page
    assert own[:9] not in page
    owner.send(f"/team/{member}/removal", on=f"/team/{member}")
    assert Program(house, key).send("GET").status_code == 401
    house.deps.cache.flushdb()
    assert Program(house, key).send("GET").status_code == 401
    assert Program(house, own).send("GET").status_code == 200
    guest = newcomer()
    assert (guest.open(theirs).status_code, guest.open(kept).status_code) == (410, 200)
    assert actions(house)[-2:] == ["member_removed", "team_invitation_withdrawn"]
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(AuditEntry.actor_name).where(AuditEntry.action == "api_key_revoked")
        assert session.scalars(query).all() == [cast.OWNER.name]


@pytest.mark.rule("R198")
def test_the_primary_owner_hands_over_and_there_is_always_exactly_one(
    house: Any, owner: Any
) -> None:
    member = id_of(house, cast.SALES.id)
    reply = owner.send(f"/team/{member}/handover", on=f"/team/{member}")
    assert reply.location == "/signin"
    with house.database.transaction(cast.MAKER_ID) as session:
        roles = dict(session.execute(select(StaffMember.user_id, StaffMember.role)).all())
    assert roles == {cast.SALES.id: "primary_owner", cast.OWNER.id: "owner"}
    sign_in(owner)
    assert owner.send(f"/team/{member}/removal", on="/team").status_code == 409
    assert owner.send(f"/team/{member}/handover", on="/team").status_code == 403
    assert actions(house) == ["ownership_handed_over"]


def test_nobody_changes_his_own_access(house: Any, owner: Any) -> None:
    own = id_of(house, cast.OWNER.id)
    assert owner.send(f"/team/{own}", role="admin", on="/team", **ALL).status_code == 403
    assert owner.send(f"/team/{own}/removal", on="/team").status_code == 403


@pytest.mark.rule("R198")
@pytest.mark.parametrize(
    ("own", "given", "is_allowed"),
    [
        ("primary_owner", "owner", True),
        ("owner", "owner", True),
        ("admin", "owner", False),
        ("admin", "admin", True),
        ("admin", "member_read", True),
        ("owner", "primary_owner", False),
        ("member_write", "member_read", False),
        ("member_read", "member_read", False),
        (None, "member_read", False),
    ],
)
def test_nobody_gives_more_than_he_may(own: str | None, given: str, is_allowed: bool) -> None:
    if is_allowed:
        demand_may_give(own, given)
        demand_may_change(own, given)
        return
    with pytest.raises(RoleTooHigh):
        demand_may_give(own, given)


def test_the_primary_owner_is_not_changed_but_handed_over() -> None:
    with pytest.raises(LastOwner):
        demand_may_change("primary_owner", "primary_owner")


@pytest.mark.rule("R198")
def test_an_admin_invites_but_makes_no_owner(house: Any, newcomer: Any) -> None:
    set_role(house, cast.SALES, "admin")
    admin = sign_in(newcomer(), cast.SALES)
    assert '<option value="owner"' not in admin.open("/team/invite").text
    assert invite(admin, role="owner", **ALL).status_code == 403
    refused = invite(admin, role="admin", **ALL)
    assert refused.status_code == 422, "This admin does not see all brands."
    assert invite(admin, role="member_read", brands=str(cast.NORD.id)).status_code == 303


def test_an_invitation_is_sent_again_and_the_first_mail_opens_nothing(
    house: Any, owner: Any, ask: Any
) -> None:
    invite(owner, role="admin", **ALL)
    first = newest(house, ask, "invitation")["path"]
    with house.database.transaction(cast.MAKER_ID) as session:
        row = session.execute(text("select id from team_invitations where state = 'open'")).one()
    assert owner.send(f"/team/invitations/{row.id}/mails", on="/team").location == "/team"
    second = newest(house, ask, "invitation")["path"]
    assert (owner.open(first).status_code, owner.open(second).status_code) == (410, 200)
    assert [mail["values"]["role"] for mail in mails(house, "invitation")] == ["admin", "admin"]
    assert owner.send(f"/team/invitations/{row.id}/mails", on="/team").status_code == 404


@pytest.mark.rule("R203")
def test_an_admin_changes_nobody_who_works_for_brands_beyond_his_own(
    house: Any, owner: Any, newcomer: Any
) -> None:
    set_role(house, cast.SALES, "admin")
    both = make_member(house, brands=(cast.NORD, cast.SOLEIL))
    admin = sign_in(newcomer(), cast.SALES)
    assert "of somebody who sees more brands" in admin.open(f"/team/{both}").text
    given = {"role": "member_read", "brands": str(cast.NORD.id)}
    assert admin.send(f"/team/{both}", on="/team", **given).status_code == 403
    assert admin.send(f"/team/{both}/removal", on="/team").status_code == 403
    assert owner.send(f"/team/{both}", on="/team", **given).status_code == 303
    assert admin.send(f"/team/{both}/removal", on="/team").status_code == 303
