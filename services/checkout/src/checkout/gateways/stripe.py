"""Stripe through its own library: one brand's connected account, our types, our keys (K16)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import stripe
from stripe import StripeClient

TIMEOUT_SECONDS = 8.0
TOLERANCE_SECONDS = 300


class StripeAway(Exception):
    """No usable answer: what was asked for may have happened or not. The same key may be tried."""


class StripeFailureKept(Exception):
    """A 500 that Stripe has stored under the key: the same key gives it for ever."""


class StripeRefused(Exception):
    """Stripe understood and said no; trying again as it is will not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connected account's state (R119)."""

    account_id: str
    name: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    refund_id: str
    status: str


def make_client(*, secret_key: str, api_url: str) -> StripeClient:
    """Return the platform's client; retries are ours, for they must survive a restart."""
    return StripeClient(
        secret_key or "none",
        base_addresses={"api": api_url},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def read_account(client: StripeClient, account_id: str) -> Account:
    with _translated():
        found = client.v1.accounts.retrieve(account_id)
    profile = found.business_profile
    return Account(
        account_id=found.id,
        name=(profile.name if profile else None) or found.id,
        details_submitted=bool(found.details_submitted),
        charges_enabled=bool(found.charges_enabled),
        payouts_enabled=bool(found.payouts_enabled),
    )


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
    with _translated():
        made = client.v1.checkout.sessions.create(params, _on(account_id, key))
    return _page(made)


def read_page(client: StripeClient, session_id: str, *, account_id: str) -> Page:
    with _translated():
        return _page(client.v1.checkout.sessions.retrieve(session_id, options=_on(account_id)))


def expire_page(client: StripeClient, session_id: str, *, account_id: str) -> Page:
    """Close the page. Raises StripeRefused when it is not open any more."""
    with _translated():
        return _page(client.v1.checkout.sessions.expire(session_id, options=_on(account_id)))


def refund_all(
    client: StripeClient, payment_intent_id: str, *, payment_id: UUID, account_id: str, key: str
) -> Refund:
    """Give the whole charge back."""
    params: Any = {
        "payment_intent": payment_intent_id,
        "metadata": {"payment_id": str(payment_id)},
    }
    with _translated():
        made = client.v1.refunds.create(params, _on(account_id, key))
    return Refund(refund_id=made.id, status=made.status or "pending")


def find_refund(
    client: StripeClient, payment_intent_id: str, *, payment_id: UUID, account_id: str
) -> Refund | None:
    """Look our refund up by what we wrote on it; None when there is none that lives."""
    with _translated():
        found = client.v1.refunds.list({"payment_intent": payment_intent_id}, _on(account_id))
    for each in found.data:
        metadata = each.metadata.to_dict() if each.metadata else {}
        is_ours = metadata.get("payment_id") == str(payment_id)
        if is_ours and each.status not in ("failed", "canceled"):
            return Refund(refund_id=each.id, status=each.status or "pending")
    return None


def verified_event(body: bytes, header: str, *, secret: str) -> Mapping[str, Any] | None:
    """Return the webhook's event if Stripe signed it within the last 300 s, else None."""
    if not secret:
        return None
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, tolerance=TOLERANCE_SECONDS)
        event = json.loads(body)
    except (stripe.SignatureVerificationError, ValueError):
        return None
    return event if isinstance(event, dict) else None


def _item(name: str, amount: int, currency: str) -> dict[str, Any]:
    price = {
        "currency": currency.lower(),
        "unit_amount": amount,
        "product_data": {"name": name},
    }
    return {"price_data": price, "quantity": 1}


def _on(account_id: str, key: str | None = None) -> Any:
    options = {"stripe_account": account_id}
    return options | {"idempotency_key": key} if key else options


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


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the library's errors into ours; nothing of a request is in their words."""
    try:
        yield
    except stripe.RateLimitError as busy:
        raise StripeAway("Stripe asks for a pause.") from busy
    except stripe.IdempotencyError as used:
        raise StripeFailureKept("Stripe knows this key with another content.") from used
    except (stripe.InvalidRequestError, stripe.PermissionError) as no:
        raise StripeRefused(no.user_message or "Stripe refused.") from no
    except stripe.AuthenticationError as no:
        raise StripeRefused("Stripe does not know our key.") from no
    except stripe.StripeError as lost:
        if _is_kept(lost):
            raise StripeFailureKept("Stripe failed and keeps to it.") from lost
        raise StripeAway("Stripe did not answer.") from lost


def _is_kept(lost: stripe.StripeError) -> bool:
    headers = {str(name).lower(): value for name, value in (lost.headers or {}).items()}
    return (lost.http_status or 0) >= 500 and headers.get("idempotent-replayed") == "true"
