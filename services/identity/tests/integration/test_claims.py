"""The customer takes over what a transition gave it (D19)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from identity_mails import mails
from identity_orders import buyer_now, completed, deliver, published, sample
from sqlalchemy import text

from common.ids import new_id
from common.sessions import hash_of
from devstack.world import cast
from identity.store.models import Buyer, Claim, Membership, Organisation, User

OPEN = f"/signin/{cast.OPEN.token}"
SECRET = "Fresh-Start-2027!"
Ask = Callable[..., Any]


@pytest.fixture
def path(house: Any, ask: Ask) -> str:
    """Move Aoyama and return where its claim mail leads."""
    deliver(house.database, completed(cast.AOYAMA))
    return str(ask("mail-secrets/read", question(house)).json["path"])


def question(house: Any) -> dict[str, str]:
    [mail] = mails(house, "claim")
    return {"reference_id": mail["reference_id"], "kind": "claim"}


def link_login(person: Any) -> Any:
    given = {"email": cast.AOYAMA.login_email, "password": cast.PASSWORD}
    return person.send(f"{OPEN}/offline-buyer", on=OPEN, **given)


@pytest.mark.rule("R205")
def test_asking_for_the_secret_twice_gives_the_same_and_only_a_hash_stays(
    house: Any, ask: Ask, path: str
) -> None:
    again = ask("mail-secrets/read", question(house)).json
    assert again["path"] == path
    assert again["secret"] is None
    token = path.rpartition("/")[2]
    assert len(token) == 43
    with house.database.transaction(cast.MAKER_ID) as session:
        tables = ("mail_secrets", "claims", "outbox_event", "inbox")
        stored = " ".join(
            str(row)
            for table in tables
            for row in session.execute(text(f"select * from {table}"))  # noqa: S608
        )
    assert token not in stored
    assert hash_of(token) in stored


def test_a_dead_or_unknown_reference_is_told_so(house: Any, ask: Ask, path: str) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        session.query(Claim).one().state = "ended"
    assert ask("mail-secrets/read", question(house)).status_code == 410
    assert ask("mail-secrets/read", question(house) | {"kind": "invitation"}).status_code == 404
    unknown = {"reference_id": str(new_id()), "kind": "claim"}
    assert ask("mail-secrets/read", unknown).status_code == 404


def test_opening_the_claim_changes_nothing(house: Any, person: Any, path: str) -> None:
    for _ in range(3):
        page = person.open(path)
        assert page.status_code == 200
        assert cast.AOYAMA.name in page.text
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None
    assert person.client.head(path).status_code == 200


@pytest.mark.rule("R157", "R158", "R165")
def test_confirming_makes_the_account_and_ends_the_link_login(
    house: Any, newcomer: Any, person: Any, path: str
) -> None:
    buyer = newcomer()
    assert link_login(buyer).status_code == 302
    reply = person.send(path, name="青山 花子", password=SECRET)
    assert (reply.status_code, reply.location) == (302, "/app")
    page = person.open("/app").text
    assert cast.AOYAMA.name in page
    assert "NORD" in page
    assert link_login(newcomer("10.0.0.3")).status_code == 401
    buyer.open(OPEN)
    assert "Login with Offline Buyer" in buyer.page
    fields = {"email": cast.AOYAMA.login_email, "password": SECRET}
    other = newcomer("10.0.0.4")
    assert other.send(f"{OPEN}/user-account", on=OPEN, **fields).status_code == 302
    assert cast.AOYAMA.name in other.open(f"{OPEN}/buyers").text
    changes = [e["payload"] for e in published(house.database, "identity.transition_changed.v1")]
    assert [change["outcome"] for change in changes] == ["moved", "claimed"]
    assert changes[1]["claim"]["state"] == "claimed"


@pytest.mark.rule("R165")
def test_until_the_claim_the_link_login_works_as_the_same_buyer(
    house: Any, person: Any, path: str
) -> None:
    assert link_login(person).status_code == 302
    assert person.open(OPEN).location == f"/shop/{cast.OPEN.token}"


def test_a_claim_is_single_use(person: Any, newcomer: Any, path: str) -> None:
    person.send(path, password=SECRET)
    second = newcomer()
    assert second.open(path).status_code == 410
    over = person.open("/account/claims/rubbish")
    assert over.status_code == 410
    assert "This link opens nothing more" in over.text
    assert 'href="/signin"' in over.text


def test_two_confirmations_at_once_make_one_account(house: Any, newcomer: Any, path: str) -> None:
    people = [newcomer(f"10.3.0.{n}") for n in range(4)]
    for each in people:
        each.open(path)
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda p: p.send(path, password=SECRET), people))
    assert [reply.headers.get("Location") for reply in replies].count("/app") == 1
    late = {reply.status_code for reply in replies if reply.headers.get("Location") != "/app"}
    # 302, back to here: the account was there before the claim was over, and this is its password.
    assert late <= {302, 403, 409, 410}
    with house.database.transaction() as session:
        assert session.query(User).filter_by(email=cast.AOYAMA.login_email).count() == 1
        assert session.scalar(text("select count(*) from memberships")) == 3


def test_after_fourteen_days_it_is_over(house: Any, person: Any, path: str) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        session.query(Claim).one().expires_at -= timedelta(days=14)
    assert person.open(path).status_code == 410


@pytest.mark.rule("R52")
@pytest.mark.parametrize("weak", ["Short-1", "onlyletters!", "12345678!", "NoSymbols123"])
def test_the_new_password_must_be_strong(house: Any, person: Any, path: str, weak: str) -> None:
    reply = person.send(path, password=weak)
    assert reply.status_code == 422
    assert "letters, digits and symbols" in reply.text
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None


@pytest.fixture
def kenjis(house: Any, ask: Ask) -> str:
    """Move Aoyama, whose claim goes to Kenji's account; return where its mail leads."""
    with house.database.transaction(cast.MAKER_ID) as session:
        session.get_one(Buyer, cast.AOYAMA.id).login_email = cast.KENJI.email
    deliver(house.database, completed(cast.AOYAMA))
    return str(ask("mail-secrets/read", question(house)).json["path"])


@pytest.mark.rule("R51")
def test_an_existing_account_signs_in_with_its_own_password(
    house: Any, person: Any, kenjis: str
) -> None:
    assert "already has a user account" in person.open(kenjis).text
    before = house.deps.passwords.verifications
    assert person.send(kenjis, password=SECRET).status_code == 401
    assert house.deps.passwords.verifications == before + 1
    assert "銀座セレクト株式会社" not in person.page, "told before the password"
    assert person.send(kenjis, home="keep").status_code == 422
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None
    assert person.send(kenjis, password=cast.PASSWORD).location == kenjis
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None
    assert person.send(kenjis, home="keep").location == "/app"
    assert person.open("/app").text.count('class="buyer-card"') == 4
    with house.database.transaction() as session:
        assert session.query(User).filter_by(email=cast.KENJI.email).count() == 1


@pytest.mark.rule("R157", "R158", "R163")
def test_the_buyer_joins_an_organisation_with_its_ids_unchanged(
    house: Any, person: Any, kenjis: str
) -> None:
    before = buyer_now(house.database, cast.AOYAMA)
    person.send(kenjis, password=cast.PASSWORD)
    home = str(cast.GINZA.organisation_id)
    assert home in person.open(kenjis).text
    assert person.send(kenjis, home=home).location == "/app"
    after = buyer_now(house.database, cast.AOYAMA)
    assert str(after.organisation_id) == home
    kept = ("id", "unique_code", "trade_term_id", "rate_value", "default_address_id", "currency")
    assert [getattr(after, each) for each in kept] == [getattr(before, each) for each in kept]
    changes = [e["payload"] for e in published(house.database, "identity.transition_changed.v1")]
    assert [(c["outcome"], c["organisation_id"]) for c in changes][1:] == [("claimed", home)]


@pytest.mark.rule("R37")
def test_nobody_joins_an_organisation_that_is_not_its_own(
    house: Any, person: Any, kenjis: str
) -> None:
    with house.database.transaction() as session:
        session.get_one(Membership, (cast.PORTLAND.organisation_id, cast.KENJI.id)).role = "member"
        other = Organisation(name="Somebody else's")
        session.add(other)
    person.send(kenjis, password=cast.PASSWORD)
    for home in (other.id, cast.PORTLAND.organisation_id, "rubbish"):
        assert person.send(kenjis, home=str(home)).status_code == 422
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None


@pytest.mark.rule("R37")
def test_another_accounts_session_claims_nothing(house: Any, person: Any, kenjis: str) -> None:
    person.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    assert person.send(kenjis, home="keep").status_code == 422
    assert buyer_now(house.database, cast.AOYAMA).claimed_at is None


@pytest.mark.rule("R163", "R165")
def test_both_sides_get_a_receipt(house: Any, person: Any, path: str) -> None:
    person.send(path, name="青山 花子", password=SECRET)
    receipts = {m["values"]["side"]: m for m in mails(house, "transition_receipt")}
    assert receipts["customer"]["recipient"] == cast.AOYAMA.login_email
    assert receipts["brand"]["recipient"] == cast.OWNER.email
    expected = sample("identity.mail_requested.v1")["kinds"]["transition_receipt"]["values"]
    for receipt in receipts.values():
        assert sorted(receipt["values"]) == sorted(expected)
        assert receipt["values"]["moved"] == ["orders", "addresses", "recipients"]
        assert receipt["values"]["ended"] == ["link_login"]
    assert receipts["customer"]["values"]["how"] == "kept"


@pytest.mark.rule("R205")
def test_a_resent_claim_is_published_for_the_orders_ledger(house: Any, person: Any) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    person.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    buyer = f"/buyers/{cast.AOYAMA.id}"
    person.send(f"{buyer}/claims", on=buyer, email="new@aoyama.example")
    *_, last = published(house.database, "identity.transition_changed.v1")
    assert last["payload"]["outcome"] == "claim_sent"
    claim = last["payload"]["claim"]
    assert (claim["state"], claim["email_masked"]) == ("sent", "n***@aoyama.example")
