"""Before the claim the brand can take the buyer back; whoever is first wins (R204, R205)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from identity_mails import mails
from identity_orders import buyer_now, completed, deliver, outcome_of, published

from devstack.world import cast
from identity.store.models import Claim

BUYER = f"/buyers/{cast.AOYAMA.id}"
SECRET = "Fresh-Start-2027!"
Ask = Callable[..., Any]


@pytest.fixture
def staff(person: Any) -> Any:
    person.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    return person


def claim_paths(house: Any, ask: Ask) -> list[Any]:
    """Return the path of every claim mail so far, or the status of its refusal."""
    paths = []
    for mail in mails(house, "claim"):
        question = {"reference_id": mail["reference_id"], "kind": "claim"}
        reply = ask("mail-secrets/read", question)
        paths.append(reply.json["path"] if reply.status_code == 200 else reply.status_code)
    return paths


@pytest.mark.rule("R204")
def test_undone_the_buyer_is_offline_and_the_claim_dead(house: Any, ask: Ask, staff: Any) -> None:
    event = completed(cast.AOYAMA)
    deliver(house.database, event)
    [path] = claim_paths(house, ask)
    assert staff.send(f"{BUYER}/undoing", on=BUYER).location == BUYER
    after = buyer_now(house.database, cast.AOYAMA)
    assert (after.kind, after.organisation_id) == ("offline", None)
    assert staff.open(path).status_code == 410
    assert claim_paths(house, ask) == [410]
    assert outcome_of(house.database, event) == "moved"
    changes = [e["payload"] for e in published(house.database, "identity.transition_changed.v1")]
    assert [change["outcome"] for change in changes] == ["moved", "undone"]
    assert "no open transition" in staff.open(BUYER).text or "offline again" in staff.page
    staff.send(f"{BUYER}/undoing", on=BUYER)
    assert "no open transition" in staff.open(BUYER).text


@pytest.mark.rule("R204")
def test_after_the_claim_there_is_no_way_back(
    house: Any, ask: Ask, staff: Any, newcomer: Any
) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    [path] = claim_paths(house, ask)
    assert newcomer().send(path, password=SECRET).status_code == 302
    staff.send(f"{BUYER}/undoing", on=BUYER)
    assert "The customer was first" in staff.open(BUYER).text
    assert buyer_now(house.database, cast.AOYAMA).kind == "connected"


@pytest.mark.rule("R204")
def test_claim_and_undo_at_the_same_time_have_one_winner(
    house: Any, ask: Ask, staff: Any, newcomer: Any
) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    [path] = claim_paths(house, ask)
    customer = newcomer()
    with ThreadPoolExecutor(2) as pool:
        claimed = pool.submit(customer.send, path, password=SECRET)
        undone = pool.submit(staff.send, f"{BUYER}/undoing", on=BUYER)
        statuses = claimed.result().status_code, undone.result().status_code
    after = buyer_now(house.database, cast.AOYAMA)
    if after.kind == "connected":
        assert statuses == (302, 302)
        assert after.claimed_at is not None
    else:
        assert statuses == (410, 302)
        assert after.claimed_at is None


@pytest.mark.rule("R205")
def test_a_resent_claim_ends_the_one_before(
    house: Any, ask: Ask, staff: Any, newcomer: Any
) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    [first] = claim_paths(house, ask)
    staff.send(f"{BUYER}/claims", on=BUYER, email="New@Aoyama.example")
    _, second = claim_paths(house, ask)
    assert newcomer().open(first).status_code == 410
    mails = published(house.database, "identity.mail_requested.v1")
    assert mails[1]["payload"]["recipient"] == "new@aoyama.example"
    assert newcomer().send(second, password=SECRET).status_code == 302


@pytest.mark.rule("R205")
def test_staff_gives_the_address_that_was_missing(house: Any, ask: Ask, staff: Any) -> None:
    from identity.store.models import Buyer

    with house.database.transaction(cast.MAKER_ID) as session:
        buyer = session.get_one(Buyer, cast.AOYAMA.id)
        buyer.login_email = buyer.contact_email = None
    deliver(house.database, completed(cast.AOYAMA))
    staff.send(f"{BUYER}/claims", on=BUYER, email="nonsense")
    assert claim_paths(house, ask) == []
    staff.send(f"{BUYER}/claims", on=BUYER, email="found@aoyama.example")
    assert len(claim_paths(house, ask)) == 1
    with house.database.transaction(cast.MAKER_ID) as session:
        assert sorted(c.state for c in session.query(Claim)) == ["ended", "open"]


@pytest.mark.rule("R16", "R203")
def test_only_staff_of_the_brand_with_write_permission_may(house: Any, newcomer: Any) -> None:
    from identity.store.models import StaffMember

    deliver(house.database, completed(cast.AOYAMA))
    sales = newcomer()
    sales.send("/signin", email=cast.SALES.email, password=cast.PASSWORD)
    other = f"/buyers/{cast.GINZA_SOLEIL.id}"
    assert sales.send(f"{other}/undoing", on="/buyers").status_code == 404
    with house.database.transaction(cast.MAKER_ID) as session:
        session.get_one(StaffMember, cast.SALES.id).role = "member_read"
    house.deps.cache.flushdb()
    assert sales.send(f"{BUYER}/undoing", on="/buyers").status_code == 403
    assert buyer_now(house.database, cast.AOYAMA).kind == "connected"
