"""The payment page that a buyer's browser is sent to, and what its buttons do."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from twins.stripe.params import Json
from twins.stripe.postman import announce, make_event
from twins.stripe.sessions import decline, pay, show_session
from twins.stripe.state import world

bp = Blueprint("stripe_hosted", __name__)


@bp.get("/pay/<session_id>")
def show_page(session_id: str) -> Response:
    return _page(*_found(session_id))


@bp.post("/pay/<session_id>")
def press(session_id: str) -> BaseResponse:
    """Do what the pressed button says: pay, secure, authorize, decline or cancel."""
    account, session = _found(session_id)
    action = request.form.get("action", "")
    if action == "cancel" and session["cancel_url"]:
        return redirect(session["cancel_url"], code=303)
    if session["status"] == "complete":
        return redirect(session["success_url"], code=303)
    if action == "secure":
        return _page(account, session, step="secure")
    if action in ("pay", "authorize"):
        return _paid(account, session)
    if action in ("decline", "fail"):
        return _declined(account, session)
    return _page(account, session)


def _paid(account: str, session: Json) -> BaseResponse:
    with world().lock:
        intent = pay(world(), session)
    if intent is None:
        return _page(account, session)
    events = [
        make_event(world(), account, "payment_intent.succeeded", intent),
        make_event(world(), account, "checkout.session.completed", session),
    ]
    announce(world(), events)
    return redirect(session["success_url"], code=303)


def _declined(account: str, session: Json) -> BaseResponse:
    with world().lock:
        intent = decline(world(), session)
    if intent is not None:
        announce(world(), [make_event(world(), account, "payment_intent.payment_failed", intent)])
    return _page(account, session, error="Your card was declined. Try another one.")


def _found(session_id: str) -> tuple[str, Json]:
    held = world().sessions.get(session_id)
    if held is None:
        abort(404)
    with world().lock:
        account = world().accounts.get(held.account, {"id": held.account})
        return held.account, show_session(world(), account, session_id)


def _page(account: str, session: Json, *, step: str = "card", error: str = "") -> Response:
    response = make_response(
        render_template(
            "stripe/pay.html",
            session=session,
            lines=world().line_names.get(session["id"], []),
            name=world().accounts.get(account, {}).get("business_profile", {}).get("name", account),
            amount=amount_words(session["amount_total"], session["currency"]),
            step=step,
            error=error,
        )
    )
    # A form's target counts with every redirect after it, so the shop's address must be named.
    targets = {_origin(session[name]) for name in ("success_url", "cancel_url") if session[name]}
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; "
        f"form-action 'self' {' '.join(sorted(targets))}"
    )
    return response


def amount_words(amount: int, currency: str) -> str:
    """Return the amount with as many decimals as Stripe gives the currency."""
    decimals = 0 if currency in ("jpy", "krw", "clp", "vnd") else 2
    decimals = 3 if currency in ("bhd", "jod", "kwd", "omr", "tnd") else decimals
    return f"{amount / 10**decimals:,.{decimals}f} {currency.upper()}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
