"""Who a person is, by e-mail address; and that nobody comes in as one whose doors are closed."""

from typing import Any

import pytest
from identity_orders import completed, deliver
from sqlalchemy import select, text

from common.errors import Invalid
from common.ids import new_id
from common.privacy import Person
from devstack.world import cast
from identity.store.models import Buyer, Claim, Membership, User
from identity.store.personal.duties import find_duties
from identity.usecases.close_doors import close_doors
from identity.usecases.find_person import BuyerUnknown, find_person

OPEN = f"/signin/{cast.OPEN.token}"
SHOP = f"/shop/{cast.OPEN.token}"


def found(house: Any, email: str, **given: Any) -> Person:
    with house.database.transaction() as session:
        return find_person(session, email, **given)


def change(house: Any, buyer: cast.Buyer, **values: Any) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        row = session.get_one(Buyer, buyer.id)
        for name, value in values.items():
            setattr(row, name, value)


@pytest.mark.parametrize("email", ["", " ", "@", "ginza.example", "@ginza.example", "kenji@", "%"])
def test_a_part_of_an_address_is_nobody(house: Any, email: str) -> None:
    with pytest.raises(Invalid):
        found(house, email)


def let_join(house: Any, organisation_id: Any) -> None:
    """Add a colleague to the organisation."""
    with house.database.transaction() as session:
        colleague = User(
            email="colleague@ginza.example", name="Aya", password_hash=None, language="ja"
        )
        session.add(colleague)
        session.flush()
        session.add(
            Membership(organisation_id=organisation_id, user_id=colleague.id, role="member")
        )


def link_login(person: Any) -> Any:
    given = {"email": cast.AOYAMA.login_email, "password": cast.PASSWORD}
    return person.send(f"{OPEN}/offline-buyer", on=OPEN, **given)


def test_an_offline_buyer_is_found_by_its_login_in_any_writing(house: Any) -> None:
    person = found(house, f" {str(cast.AOYAMA.login_email).upper()} ")
    assert (person.buyer_ids, person.user_ids) == ((cast.AOYAMA.id,), ())
    assert person.emails == (cast.AOYAMA.login_email,)
    assert person.names == {str(cast.MAKER_ID): (cast.AOYAMA.name,)}
    assert person.is_whole


def test_a_contact_is_the_person_only_where_nobody_else_signs_in(house: Any) -> None:
    change(house, cast.AOYAMA, contact_email="shared@shop.example")
    assert found(house, "shared@shop.example").buyer_ids == ()
    change(house, cast.AOYAMA, login_email=None, login_hash=None)
    assert found(house, "shared@shop.example").buyer_ids == (cast.AOYAMA.id,)


def test_a_user_is_the_buyers_of_organisations_that_are_its_alone(house: Any) -> None:
    [ginza, portland] = cast.KENJI.organisation_ids
    whole = found(house, cast.KENJI.email)
    assert whole.user_ids == (cast.KENJI.id,)
    assert {cast.GINZA.id, cast.PORTLAND.id} <= set(whole.buyer_ids)
    assert set(whole.organisation_ids) == {ginza, portland}
    let_join(house, ginza)
    part = found(house, cast.KENJI.email)
    assert cast.PORTLAND.id in part.buyer_ids
    assert cast.GINZA.id not in part.buyer_ids
    assert part.organisation_ids == (portland,)
    named = found(house, cast.KENJI.email, buyer_ids=[cast.GINZA.id])
    assert cast.GINZA.id in named.buyer_ids
    assert named.organisation_ids == (portland,), "it is others', too"


def test_one_makers_part_leaves_the_account_and_a_buyer_can_be_named(house: Any) -> None:
    part = found(house, cast.KENJI.email, makers=[cast.MAKER_ID])
    assert (part.user_ids, part.organisation_ids, part.is_whole) == ((), (), False)
    assert cast.GINZA.id in part.buyer_ids
    chosen = found(house, "nobody@nowhere.example", buyer_ids=[cast.BROOKLYN.id])
    assert chosen.buyer_ids == (cast.BROOKLYN.id,)
    with pytest.raises(BuyerUnknown):
        found(house, "nobody@nowhere.example", buyer_ids=[new_id()])


def test_closed_doors_end_sessions_logins_and_claims(
    house: Any, person: Any, newcomer: Any
) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    assert link_login(person).status_code == 302
    asked = found(house, str(cast.AOYAMA.login_email))
    with house.database.transaction() as session:
        dead = close_doors(session, asked)
    assert len(dead) == 1
    assert link_login(newcomer()).status_code == 401
    with house.database.transaction(cast.MAKER_ID) as session:
        assert session.scalars(select(Claim.state)).all() == ["ended"]
        row = session.get_one(Buyer, cast.AOYAMA.id)
        assert (row.login_hash, row.passcode_hash) == (None, None)
        assert row.login_email == cast.AOYAMA.login_email, "still found, should it end here"
    with house.database.transaction() as session:
        assert session.scalar(text("select count(*) from sessions")) == 0


@pytest.mark.parametrize(
    ("email", "cure"),
    [(cast.SALES.email, "/team"), (cast.OPERATOR.email, "orderlink operators remove")],
)
def test_who_has_a_duty_hands_it_over_first(house: Any, email: str, cure: str) -> None:
    person = found(house, email)
    said = []
    for maker_id in (cast.MAKER_ID, None):
        with house.database.transaction(maker_id) as session:
            said += find_duties(session, person, maker_id)
    assert len(said) == 1
    assert cure in said[0]


def test_the_owner_of_others_hands_over_first(house: Any) -> None:
    let_join(house, cast.KENJI.organisation_ids[0])
    with house.database.transaction() as session:
        [said] = find_duties(session, found(house, cast.KENJI.email), None)
    assert "hands that over first" in said


ENTRY = """
insert into audit_entries (maker_id, id, at, actor_kind, actor_name, action, subject_kind,
  subject_name, before, after, request_id)
values (:maker, :id, now(), 'staff', 'Mika', 'buyer_edited', 'buyer', 'Aoyama',
  '{"name": "Hana", "kind": "offline"}', '{}', '')"""
FORGET = "select forget_in_audit(:id, :actor, :subject, cast(:was as jsonb), null)"


def test_the_audit_log_can_forget_and_nothing_else(house: Any) -> None:
    entry = {"id": new_id(), "maker": cast.MAKER_ID}
    tries = {"actor": "Somebody else", "subject": "erased-1", "was": '{"kind": "x", "new": 1}'}
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(text(ENTRY), entry)
        session.execute(text(FORGET), {"id": entry["id"], **tries})
        columns = "actor_name, subject_name, before, after"
        query = text(f"select {columns} from audit_entries where id = :id")  # noqa: S608
        left = session.execute(query, {"id": entry["id"]}).one()
    assert tuple(left) == ("Mika", "erased-1", {"kind": "offline"}, {})
    with house.database.transaction(new_id()) as session:
        session.execute(text(FORGET), {"id": entry["id"], **tries, "actor": "erased-2"})
    with house.database.transaction(cast.MAKER_ID) as session:
        assert session.execute(query, {"id": entry["id"]}).one() == left
