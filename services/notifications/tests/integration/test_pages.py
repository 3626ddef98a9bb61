"""The staff's pages and the API: the ledger, the preview, who hears of orders."""

import re
from uuid import UUID

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select, text

from common.ids import new_id
from common.testing import PageClient, PeerServer, app_on, make_claims, sign_in
from notifications.app import create_app
from notifications.deps import Deps
from notifications.store.messages import Wanted, list_query, list_values, trust_the_indexes
from notifications.store.models import Message, Recipient
from twins.clients import MailControl

from .conftest import BRAND, MAKER, Deliver
from .test_order_mails import make_due, send_all

OTHER_BRAND = UUID("01930000-0000-7000-8000-0000000000b2")
ORDER = "checkout.order_completed.v1"


@pytest.fixture
def app(deps: Deps) -> Flask:
    made = app_on(create_app, deps)
    made.test_client_class = PageClient
    return made


def signed_in(app: Flask, deps: Deps, **changed: object) -> FlaskClient:
    own = {"maker_id": MAKER, "brand_ids": [BRAND], "role": "admin"} | changed
    with redis.Redis.from_url(deps.settings.cache_url) as cache:
        token = sign_in(cache, make_claims(**own), kind="session")
    client = app.test_client()
    client.set_cookie("s", token)
    return client


@pytest.fixture
def staff(app: Flask, deps: Deps) -> FlaskClient:
    return signed_in(app, deps)


def messages(deps: Deps) -> list[Message]:
    with deps.database.transaction(MAKER) as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


@pytest.mark.rule("R196")
def test_the_ledger_shows_every_mail_and_why_it_failed(
    deps: Deps, staff: FlaskClient, deliver: Deliver, inbox: MailControl
) -> None:
    inbox.order_fault("rcpt", recipient="buyer@boutique.example", code=550, text="5.1.1 No mailbox")
    deliver(ORDER)
    send_all(deps)
    page = staff.get("/notifications").text
    for address in ("buyer@boutique.example", "staff@nord.example", "maker@nord.example"):
        assert address in page
    assert "550 5.1.1 No mailbox" in page
    failed = staff.get("/notifications?state=failed").text
    assert "buyer@boutique.example" in failed
    assert "staff@nord.example" not in failed
    done = staff.get("/notifications?kind=order_completed_brand&state=done").text
    assert "staff@nord.example" in done
    assert "Sent</span>" in done
    assert "buyer@boutique.example" not in done


def test_a_mail_is_found_by_order_number_and_by_address(
    staff: FlaskClient, deliver: Deliver
) -> None:
    deliver(ORDER)
    assert "staff@nord.example" in staff.get("/notifications?q=nord-00000042").text
    found = staff.get("/notifications?q=STAFF@nord.example").text
    assert "staff@nord.example" in found
    assert "maker@nord.example" not in found
    assert "Nothing found" in staff.get("/notifications?q=NORD-00000043").text


def test_a_claim_shows_the_number_of_its_order(staff: FlaskClient, deliver: Deliver) -> None:
    deliver(ORDER)
    deliver("identity.mail_requested.v1")
    row = staff.get("/notifications?kind=claim").text.partition("<tbody>")[2]
    assert "NORD-00000042" in row


def test_the_preview_may_do_nothing(deps: Deps, staff: FlaskClient, deliver: Deliver) -> None:
    deliver(ORDER)
    message = next(each for each in messages(deps) if each.kind == "order_completed_buyer")
    page = staff.get(f"/notifications/{message.id}")
    assert "frame-src" in page.headers["Content-Security-Policy"]
    assert re.search(r"frame-src [^;]*'self'", page.headers["Content-Security-Policy"])
    assert f'sandbox src="/notifications/{message.id}/preview"' in page.text
    preview = staff.get(f"/notifications/{message.id}/preview")
    assert "ご注文ありがとうございます" in preview.text
    policy = preview.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox;" in policy
    assert "'self'" not in re.search(r"frame-src ([^;]*)", staff.get("/notifications").headers["Content-Security-Policy"])[1]  # type: ignore[index]  # fmt: skip


def test_what_arrived_is_sent_once_more_under_the_same_name(
    deps: Deps, staff: FlaskClient, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(ORDER)
    send_all(deps)
    message = next(each for each in messages(deps) if each.recipient == "staff@nord.example")
    for _ in range(5):
        assert staff.post(f"/notifications/{message.id}/retries").status_code == 302
    make_due(deps)
    send_all(deps)
    arrived = inbox.messages(to="staff@nord.example")
    assert len(arrived) == 2
    assert len({mail["message_id"] for mail in arrived}) == 1


def test_another_brands_mail_is_not_there(
    app: Flask, deps: Deps, staff: FlaskClient, deliver: Deliver
) -> None:
    deliver(ORDER)
    stranger = signed_in(app, deps, brand_ids=[OTHER_BRAND])
    outsider = signed_in(app, deps, maker_id=new_id())
    for message in messages(deps):
        for path in (f"/notifications/{message.id}", f"/notifications/{message.id}/preview"):
            assert staff.get(path).status_code == 200
            assert stranger.get(path).status_code == 404
            assert outsider.get(path).status_code == 404
        assert stranger.post(f"/notifications/{message.id}/retries").status_code == 404
        assert stranger.get(f"/api/notifications/v1/messages/{message.id}").status_code == 404
    assert "nord.example" not in stranger.get("/notifications").text


def test_only_managers_see_the_makers_own_mails(
    app: Flask, deps: Deps, staff: FlaskClient, deliver: Deliver, peers: PeerServer
) -> None:
    wish = {"what": "team", "from_name": "Atelier Nord", "inviter_name": "Nora", "role": "admin"}
    deliver(
        "identity.mail_requested.v1",
        frame={"brand_id": None},
        kind="invitation",
        recipient="new@nord.example",
        values={**wish, "buyer_name": None, "expires_at": "2026-12-07T09:00:00+00:00"},
    )
    assert "new@nord.example" in staff.get("/notifications").text
    member = signed_in(app, deps, role="member_write")
    assert "new@nord.example" not in member.get("/notifications").text


def test_who_may_only_look_changes_nothing(app: Flask, deps: Deps, deliver: Deliver) -> None:
    deliver(ORDER)
    reader = signed_in(app, deps, role="member_read")
    [message, *_] = messages(deps)
    assert reader.post(f"/notifications/{message.id}/retries").status_code == 403
    added = {"brand_id": str(BRAND), "email": "x@nord.example", "language": "en"}
    assert reader.post("/notifications/recipients", data=added).status_code == 403
    switched = {"brand_id": str(BRAND)}
    assert reader.post("/notifications/recipients/switches", data=switched).status_code == 403


@pytest.mark.rule("R191")
def test_a_brand_has_at_most_five_addresses_of_its_own(deps: Deps, staff: FlaskClient) -> None:
    def add(email: str) -> int:
        body = {"brand_id": str(BRAND), "email": email, "language": "ja"}
        return staff.post("/notifications/recipients", data=body).status_code

    assert [add(f"{number}@nord.example") for number in range(5)] == [302] * 4 + [409]
    assert add("not an address") == 422
    api = {"brand_id": str(BRAND), "email": "sixth@nord.example"}
    refused = staff.post("/api/notifications/v1/recipients", json=api)
    assert (refused.status_code, refused.json and refused.json["rule"]) == (409, "R191")
    with deps.database.transaction(MAKER) as session:
        query = select(func.count()).select_from(Recipient).where(Recipient.brand_id == BRAND)
        assert session.scalar(query) == 5


@pytest.mark.rule("R190")
def test_maker_and_brand_addresses_are_kept_on_one_page(
    app: Flask, deps: Deps, staff: FlaskClient
) -> None:
    page = staff.get("/notifications/recipients").text
    assert "staff@nord.example" in page
    assert "maker@nord.example" in page
    body = {"brand_id": "", "email": "second@nord.example", "language": "en"}
    member = signed_in(app, deps, role="member_write")
    assert member.post("/notifications/recipients", data=body).status_code == 403
    assert staff.post("/notifications/recipients", data=body).status_code == 302
    assert staff.post("/notifications/recipients", data=body).status_code == 409
    other = {"brand_id": str(OTHER_BRAND), "email": "x@nord.example", "language": "en"}
    assert staff.post("/notifications/recipients", data=other).status_code == 404


def test_a_refused_address_stays_in_its_field(staff: FlaskClient) -> None:
    body = {"brand_id": str(BRAND), "email": "half@an", "language": "ja"}
    page = staff.post("/notifications/recipients", data=body)
    assert page.status_code == 422
    assert 'value="half@an"' in page.text
    assert "This is not a mail address." in page.text


def test_switches_are_saved_and_obeyed(deps: Deps, staff: FlaskClient, deliver: Deliver) -> None:
    kept = {"brand_id": str(BRAND), "order_completed_buyer": "yes"}
    assert staff.post("/notifications/recipients/switches", data=kept).status_code == 302
    deliver(ORDER)
    assert {each.kind for each in messages(deps)} == {"order_completed_buyer"}
    said = staff.get(f"/api/notifications/v1/switches?brand_id={BRAND}").json
    assert said is not None
    assert [each["kind"] for each in said if each["is_on"]] == ["order_completed_buyer"]
    account = {"brand_id": str(BRAND), "kind": "verification_code", "is_on": False}
    assert staff.put("/api/notifications/v1/switches", json=account).status_code == 422


def test_pages_of_the_api_follow_each_other_without_gap(deps: Deps, staff: FlaskClient) -> None:
    fill(deps, 120)
    seen: list[str] = []
    before = ""
    while True:
        answer = staff.get(f"/api/notifications/v1/messages?state=done{before}").json
        assert answer is not None
        seen += [each["id"] for each in answer["messages"]]
        if answer["next"] is None:
            break
        before = f"&before={answer['next']}"
    assert len(seen) == len(set(seen)) == 60
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"states": ("dead",)},
        {"kind": "order_completed_buyer"},
        {"kind": "order_completed_buyer", "states": ("done",)},
        {"search": "nobody@nowhere.example"},
        {"search": "NORD-00000042"},
    ],
)
def test_every_list_walks_an_index(deps: Deps, wanted: dict[str, object]) -> None:
    fill(deps, 1200)
    asked = Wanted(owner_ids=[BRAND, MAKER], before=new_id(), **wanted)  # type: ignore[arg-type]
    with deps.database.transaction(MAKER) as session:
        trust_the_indexes(session)
        query = text(f"explain (analyze, format text) {list_query(asked).text}")
        plan = "\n".join(session.execute(query, list_values(asked)).scalars())
    assert "Seq Scan" not in plan, plan
    assert "pk_messages" not in plan, plan
    read = sum(int(float(rows)) for rows in re.findall(r"Rows Removed by Filter: (\d+)", plan))
    assert read < 100, plan


def fill(deps: Deps, count: int) -> None:
    rows = [
        {
            "id": new_id(),
            "maker_id": MAKER,
            "brand_id": BRAND,
            "subject_id": new_id(),
            "order_id": new_id(),
            "order_number": f"FILL-{number:08}",
            "kind": "order_completed_buyer" if number % 3 else "claim",
            "recipient": f"buyer{number % 50}@shop.example",
            "language": "en",
            "time_zone": "UTC",
            "values": {},
            "state": "done" if number % 2 else "dead",
        }
        for number in range(count)
    ]
    with deps.database.transaction(MAKER) as session:
        session.execute(insert(Message), rows)
