"""Checkout Sessions, which buyers see as payment pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import stripe
from stripe import StripeClient

from checkout.gateways.stripe.client import on, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Checkout Session. `status` is open, complete or expired."""

    session_id: str
    status: str
    is_paid: bool
    amount: int
    currency: str
    url: str | None
    payment_intent_id: str | None
    payment_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWish:
    """What a payment page is made of; the same wish under the same key is the same page."""

    payment_id: UUID
    items: tuple[tuple[str, int], ...]
    """(name, amount in Stripe's unit), one per order."""
    currency: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    language: str


def create_page(client: StripeClient, wish: PageWish, *, account_id: str, key: str) -> Page:
    """Return the payment page of this key, made at the first call."""
    metadata = {"payment_id": str(wish.payment_id)}
    params: Any = {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [_item(name, amount, wish.currency) for name, amount in wish.items],
        "client_reference_id": str(wish.payment_id),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata},
        "success_url": wish.success_url,
        "cancel_url": wish.cancel_url,
        "expires_at": int(wish.expires_at.timestamp()),
        "locale": "ja" if wish.language.startswith("ja") else "auto",
    }
    with translated():
        made = client.v1.checkout.sessions.create(params, on(account_id, key))
    return _page(made)


def read_page(client: StripeClient, session_id: str, *, account_id: str) -> Page:
    with translated():
        return _page(client.v1.checkout.sessions.retrieve(session_id, options=on(account_id)))


def expire_page(client: StripeClient, session_id: str, *, account_id: str) -> Page:
    """Close the page. Raises StripeRefused when it is not open any more."""
    with translated():
        return _page(client.v1.checkout.sessions.expire(session_id, options=on(account_id)))


def _item(name: str, amount: int, currency: str) -> dict[str, Any]:
    price = {
        "currency": currency.lower(),
        "unit_amount": amount,
        "product_data": {"name": name},
    }
    return {"price_data": price, "quantity": 1}


def _page(session: stripe.checkout.Session) -> Page:
    intent = session.payment_intent
    metadata = session.metadata.to_dict() if session.metadata else {}
    return Page(
        session_id=session.id,
        status=session.status or "open",
        is_paid=session.payment_status == "paid",
        amount=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        url=session.url,
        payment_intent_id=intent if isinstance(intent, str) or intent is None else intent.id,
        payment_id=metadata.get("payment_id"),
    )
