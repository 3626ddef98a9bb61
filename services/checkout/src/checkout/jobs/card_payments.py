"""The worker's part of card payments: the watch over each, Stripe's webhooks, the reconcile."""

from uuid import UUID

from marshmallow import fields
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.flows.refresh_account import refresh_account
from checkout.flows.work_payment import work_payment
from checkout.gateways.stripe.client import StripeAway, StripeRefused
from checkout.store.brands import list_makers
from checkout.store.payments import close_pages, list_asleep, list_open_of_link, wake
from checkout.usecases.begin_payment import WATCH
from checkout.usecases.receive_webhook import WEBHOOK
from common.delivery import (
    Again,
    Call,
    Dead,
    Done,
    Envelope,
    EventIn,
    JobRun,
    Outcome,
    every,
    on_event,
    outbound_kind,
)

RECONCILE_SECONDS = 30
CLOSING = {"void": "link_void", "deleted": "link_deleted"}


class LinkIn(EventIn):
    link_id = fields.UUID(required=True)
    change = fields.String(required=True)
    status = fields.String(required=True)


@outbound_kind(WATCH, longest=60, concurrency=4, attempts=100_000)
def watch_payment(deps: Deps, call: Call) -> Outcome:
    """Do a payment's next step; look again until it is settled."""
    if call.maker_id is None:
        return Dead("nobody's payment")
    payment_id = UUID(call.payload["payment_id"])
    return work_payment(deps, maker_id=call.maker_id, payment_id=payment_id)


@outbound_kind(WEBHOOK, longest=60, concurrency=4)
def work_webhook(deps: Deps, call: Call) -> Outcome:
    """Act on a stored webhook by asking Stripe for the object: order and age do not matter."""
    payment_id = call.payload["payment_id"]
    if call.maker_id is None:
        return Dead("nobody's webhook")
    if payment_id is None:
        return _account_changed(deps, call.maker_id, call.payload["account_id"])
    outcome = work_payment(deps, maker_id=call.maker_id, payment_id=UUID(payment_id))
    return outcome if isinstance(outcome, Again | Dead) else Done()


@on_event("links.link_changed.v1", reads=LinkIn)
def close_payment_pages(
    session: Session, *, envelope: Envelope, link_id: UUID, change: str, status: str
) -> None:
    """Close the link's payment pages when it was voided or deleted; else look at them (D21)."""
    pages = list_open_of_link(session, link_id)
    if status in CLOSING:
        close_pages(session, pages, reason=CLOSING[status])
    for page in pages:
        wake(session, page)


@every(RECONCILE_SECONDS, "checkout.reconcile_payments")
def reconcile_payments(deps: Deps, run: JobRun) -> None:
    """Wake the watch of every unsettled payment that has fallen asleep for good."""
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            for payment, call in list_asleep(session):
                call.state = "unknown"
                session.flush()
                wake(session, payment)


def _account_changed(deps: Deps, maker_id: UUID, account_id: str) -> Outcome:
    try:
        refresh_account(deps, maker_id=maker_id, account_id=account_id)
    except StripeAway as away:
        return Again(None, str(away))
    except StripeRefused as refused:
        return Dead(str(refused))
    return Done()
