"""Mails about accounts, uploads and refunds: each once, and each only to whom it concerns."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from common.ids import new_id
from common.testing import PeerServer
from notifications.deps import Deps
from notifications.domain.owners import NOBODY
from notifications.store.models import Message
from notifications.store.switches import put_switch
from twins.clients import MailControl

from .conftest import BRAND, MAKER, Deliver
from .test_order_mails import send_all

WISH = "identity.mail_requested.v1"
UPLOAD = "checkout.next_engine_upload_changed.v1"
REFUND = "checkout.payment_refunded.v1"
ORDER = "checkout.order_completed.v1"
KINDS = json.loads(Path(f"docs/events/{WISH}.json").read_text())["kinds"]


def wish(deliver: Deliver, peers: PeerServer, kind: str, **frame: Any) -> None:
    """Let identity ask for the kind's sample mail, and answer with the kind's sample secret."""
    secret = KINDS[kind]["secret"]
    if secret:
        answer = {**secret, "expires_at": "2026-12-07T09:00:00+00:00"}
        peers.answers["identity", "mail-secrets/read"] = answer
    deliver(
        WISH,
        frame=frame,
        reference_id=str(new_id()),
        kind=kind,
        recipient="hana@aoyama.example",
        language="en",
        values=KINDS[kind]["values"],
        order_id=None,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_identity_may_ask_for_arrives(
    deps: Deps, deliver: Deliver, peers: PeerServer, inbox: MailControl, kind: str
) -> None:
    nobodys = KINDS[kind]["of"].startswith("nobody")
    frame = {"maker_id": None, "brand_id": None} if nobodys else {}
    wish(deliver, peers, kind, **frame)
    send_all(deps)
    [mail] = inbox.messages(to="hana@aoyama.example")
    secret = KINDS[kind]["secret"]
    if secret:
        assert (secret["path"] or secret["secret"]) in mail["text"]
        assert (secret["path"] or secret["secret"]) in mail["html"]


def test_a_mail_about_an_account_is_in_no_makers_ledger(
    deps: Deps, deliver: Deliver, peers: PeerServer, inbox: MailControl
) -> None:
    wish(deliver, peers, "verification_code", maker_id=None, brand_id=None)
    with deps.database.transaction(MAKER) as session:
        assert session.scalars(select(Message)).all() == []
    with deps.database.transaction(NOBODY) as session:
        [message] = session.scalars(select(Message))
    assert "402913" not in json.dumps(message.values)


def test_a_makers_own_invitation_belongs_to_no_brand(
    deps: Deps, deliver: Deliver, peers: PeerServer
) -> None:
    wish(deliver, peers, "invitation", brand_id=None)
    with deps.database.transaction(MAKER) as session:
        [message] = session.scalars(select(Message))
    assert (message.brand_id, message.owner_id) == (None, MAKER)


@pytest.mark.rule("R190")
def test_a_failed_upload_is_told_to_the_brands_own_addresses_once(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    for state in ("pending", "sending", "unknown", "done", "not_connected", "dead", "dead"):
        deliver(UPLOAD, state=state, note="002003 店舗伝票番号が重複しています。 100%")
    send_all(deps)
    [mail] = inbox.messages()
    assert mail["rcpt_to"] == ["staff@nord.example"]
    assert "NORD-00000042" in mail["subject"]
    assert "店舗伝票番号が重複しています。 100%" in mail["text"]


@pytest.mark.rule("R197")
def test_a_refund_is_told_to_buyer_brand_and_maker(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(REFUND)
    deliver(REFUND)
    send_all(deps)
    mails = {mail["rcpt_to"][0]: mail for mail in inbox.messages()}
    assert set(mails) == {"hanako@aoyama.example", "staff@nord.example", "maker@nord.example"}
    assert "全額返金" in mails["hanako@aoyama.example"]["text"]
    assert "リンク" not in mails["hanako@aoyama.example"]["text"]
    assert "The link had been closed before." in mails["staff@nord.example"]["text"]


def test_a_kind_that_is_switched_off_is_not_sent(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    with deps.database.transaction(MAKER) as session:
        put_switch(
            session, maker_id=MAKER, brand_id=BRAND, kind="order_completed_brand", is_on=False
        )
    deliver(ORDER)
    send_all(deps)
    assert [mail["rcpt_to"] for mail in inbox.messages()] == [["buyer@boutique.example"]]
