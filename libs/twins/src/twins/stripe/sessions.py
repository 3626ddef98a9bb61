"""Checkout Sessions: made, paid, declined, expired."""

from typing import Any

from twins.stripe.errors import ApiError, bad_param
from twins.stripe.money import check_amount, check_total
from twins.stripe.params import Json, items
from twins.stripe.postman import announce, make_event
from twins.stripe.world import Held, World, new_id

LONGEST_LIFETIME = 24 * 3600


def create_session(world: World, account: Json, params: Json, *, home: str) -> Json:
    """Return a new open session; `home` is the twin's own address for the payment page."""
    if not account["charges_enabled"]:
        raise ApiError(400, "Your account cannot currently make live charges.")
    if params.get("mode") != "payment":
        raise bad_param("mode", "This twin knows mode=payment only.")
    if not str(params.get("success_url", "")).startswith(("http://", "https://")):
        raise bad_param("success_url", "Not a valid URL")
    currency, total = _sum(params)
    session_id = new_id("cs_test")
    shown: Json = {
        "id": session_id,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": world.now(),
        "currency": currency,
        "customer_details": None,
        "expires_at": _expires_at(world, params),
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": dict(params.get("metadata") or {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": items(params.get("payment_method_types")) or ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": params["success_url"],
        "url": f"{home}/pay/{session_id}",
    }
    world.sessions[session_id] = Held(account["id"], shown)
    intent_params = params.get("payment_intent_data") or {}
    world.intent_wishes[session_id] = dict(intent_params.get("metadata") or {})
    world.line_names[session_id] = [_named(item) for item in items(params.get("line_items"))]
    return shown


def show_session(world: World, account: Json, session_id: str) -> Json:
    session = world.find("session", account["id"], session_id)
    _expire_if_over(world, session)
    return session


def expire_session(world: World, account: Json, session_id: str) -> Json:
    """Close an open session. Raises ApiError for one that is complete or expired."""
    session = show_session(world, account, session_id)
    if session["status"] != "open":
        raise ApiError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of `{session['status']}`.",
        )
    _expire(world, session)
    return session


def pay(world: World, session: Json) -> Json | None:
    """Charge the card once; return the intent, or None when the session is not open any more."""
    _expire_if_over(world, session)
    if session["status"] != "open":
        return None
    intent = _intent_of(world, session)
    intent |= {
        "status": "succeeded",
        "amount_received": session["amount_total"],
        "latest_charge": new_id("ch"),
    }
    session |= {
        "status": "complete",
        "payment_status": "paid",
        "payment_intent": intent["id"],
        "customer_details": {"email": "card.holder@example.com"},
        "url": None,
    }
    return intent


def decline(world: World, session: Json) -> Json | None:
    """Refuse the card; the session stays open. Return the intent, or None as pay() does."""
    _expire_if_over(world, session)
    if session["status"] != "open":
        return None
    intent = _intent_of(world, session)
    intent |= {
        "status": "requires_payment_method",
        "last_payment_error": {"code": "card_declined", "message": "Your card was declined."},
    }
    return intent


def _intent_of(world: World, session: Json) -> Json:
    """Return the session's one intent, made at the first try to pay."""
    if session["payment_intent"] is None:
        intent: Json = {
            "id": new_id("pi"),
            "object": "payment_intent",
            "amount": session["amount_total"],
            "amount_received": 0,
            "created": world.now(),
            "currency": session["currency"],
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": False,
            "metadata": dict(world.intent_wishes.get(session["id"], {})),
            "status": "requires_payment_method",
        }
        session["payment_intent"] = intent["id"]
        world.intents[intent["id"]] = Held(world.sessions[session["id"]].account, intent)
    return world.intents[session["payment_intent"]].shown


def _expire_if_over(world: World, session: Json) -> None:
    if session["status"] == "open" and session["expires_at"] <= world.now():
        _expire(world, session)


def _expire(world: World, session: Json) -> None:
    session |= {"status": "expired", "url": None}
    account = world.sessions[session["id"]].account
    announce(world, [make_event(world, account, "checkout.session.expired", session)])


def _sum(params: Json) -> tuple[str, int]:
    """Return currency and total of the line items."""
    found = items(params.get("line_items"))
    if not found:
        raise bad_param("line_items", "You must pass at least one line item.")
    currencies, total = set(), 0
    for number, item in enumerate(found):
        data = item.get("price_data") or {}
        param = f"line_items[{number}][price_data][unit_amount]"
        amount = _whole(data.get("unit_amount"), param)
        currency = str(data.get("currency", "")).lower()
        check_amount(amount, currency, param=param)
        currencies.add(currency)
        total += amount * _whole(item.get("quantity", "1"), f"line_items[{number}][quantity]")
    if len(currencies) != 1 or not min(currencies):
        raise bad_param("line_items", "All line items need one and the same currency.")
    [currency] = currencies
    check_total(total, currency)
    return currency, total


def _expires_at(world: World, params: Json) -> int:
    given = params.get("expires_at")
    if given is None:
        return world.now() + LONGEST_LIFETIME
    at, now = _whole(given, "expires_at"), world.now()
    if not now + world.switches.smallest_lifetime_seconds <= at <= now + LONGEST_LIFETIME:
        raise bad_param(
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from "
            "Checkout Session creation.",
        )
    return at


def _named(item: Any) -> str:
    data = item.get("price_data") or {}
    return str((data.get("product_data") or {}).get("name", ""))


def _whole(value: object, param: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad_param(
            param, f"Invalid integer: {value}", code="parameter_invalid_integer"
        ) from None
