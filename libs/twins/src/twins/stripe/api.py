"""The HTTP edge of the API, as stripe-python asks: /v1/…, form-encoded, Bearer key."""

import json
import time
from collections.abc import Callable

from flask import Blueprint, Response, current_app, request

from twins.sockets import drop_connection
from twins.stripe import refunds, sessions
from twins.stripe.errors import ApiError, missing
from twins.stripe.faults import Fault
from twins.stripe.params import Json, nested
from twins.stripe.state import world
from twins.stripe.world import new_id

bp = Blueprint("stripe_api", __name__, url_prefix="/v1")
Work = Callable[[Json, Json], Json]
"""`(account, parameters)` to the object that is answered."""


@bp.post("/checkout/sessions")
def create_session() -> Response:
    public_url = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    home = f"{public_url}/stripe"
    return _answer(
        "checkout.sessions.create",
        lambda account, params: sessions.create_session(world(), account, params, home=home),
    )


@bp.get("/checkout/sessions/<session_id>")
def retrieve_session(session_id: str) -> Response:
    return _answer(
        "checkout.sessions.retrieve",
        lambda account, _: sessions.show_session(world(), account, session_id),
    )


@bp.post("/checkout/sessions/<session_id>/expire")
def expire_session(session_id: str) -> Response:
    return _answer(
        "checkout.sessions.expire",
        lambda account, _: sessions.expire_session(world(), account, session_id),
    )


@bp.get("/payment_intents/<intent_id>")
def retrieve_intent(intent_id: str) -> Response:
    return _answer(
        "payment_intents.retrieve",
        lambda account, _: world().find("intent", account["id"], intent_id),
    )


@bp.post("/refunds")
def create_refund() -> Response:
    return _answer(
        "refunds.create",
        lambda account, params: refunds.create_refund(world(), account, params),
    )


@bp.get("/refunds")
def list_refunds() -> Response:
    return _answer(
        "refunds.list",
        lambda account, params: refunds.list_refunds(world(), account, params),
    )


@bp.get("/accounts/<account_id>")
def retrieve_account(account_id: str) -> Response:
    return _answer("accounts.retrieve", lambda _, __: world().account(account_id))


@bp.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
def refuse_unknown(rest: str) -> Response:
    def refuse(_: Json, __: Json) -> Json:
        raise ApiError(404, f"Unrecognized request URL ({request.method}: /v1/{rest}).")

    return _answer("unknown", refuse)


def _answer(endpoint: str, work: Work) -> Response:
    """Answer a call, or do to it what was ordered; note it either way."""
    fault = world().faults.take(endpoint)
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    try:
        status, body, is_repeat = _carried_out(endpoint, work, key, fault)
    except ApiError as refused:
        status, body, is_repeat = refused.status, refused.body(), False
    is_lost = fault is not None and fault.kind.startswith("timeout")
    world().journal.write(
        endpoint,
        at=world().clock.now(),
        account=request.headers.get("Stripe-Account", ""),
        key=key,
        outcome="lost" if is_lost else str(status),
        fault=fault.kind if fault else "",
    )
    if fault is not None and is_lost:
        time.sleep(fault.seconds)
        drop_connection()
    headers = {"Request-Id": new_id("req"), "Idempotency-Key": key}
    if is_repeat:
        headers["Idempotent-Replayed"] = "true"
    return Response(json.dumps(body), status, headers, content_type="application/json")


def _carried_out(
    endpoint: str, work: Work, key: str, fault: Fault | None
) -> tuple[int, Json, bool]:
    """Return status, body and whether it is a repeat. Raises ApiError."""
    account = _account()
    source = request.form if request.method == "POST" else request.args
    pairs = list(source.items(multi=True))
    if fault is not None and fault.kind == "rate_limit":
        raise ApiError(429, "Request rate limit exceeded.", code="rate_limit")
    if fault is not None and fault.kind == "error_500":
        raise ApiError(500, "An unknown error occurred.", type="api_error")
    if fault is not None and fault.kind == "timeout_before":
        return 500, {}, False

    def once() -> tuple[int, Json]:
        with world().lock:
            if fault is None or fault.kind != "stored_500" or fault.executed:
                answer = work(account, nested(pairs))
            if fault is not None and fault.kind == "stored_500":
                raise ApiError(500, "An unknown error occurred.", type="api_error", is_kept=True)
            return 200, json.loads(json.dumps(answer))

    if not key:
        return *once(), False
    asked = json.dumps([endpoint, request.path, sorted(pairs)])
    (status, body), is_repeat = world().keys.once(
        (account.get("id", ""), key), asked, once, now=world().clock.now()
    )
    return status, body, is_repeat


def _account() -> Json:
    """Return the connected account that is acted for. Raises ApiError for a wrong key."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or given != world().api_key:
        raise ApiError(401, "Invalid API Key provided.")
    asked = request.headers.get("Stripe-Account")
    if asked:
        return world().account(asked)
    if request.path.endswith("/accounts") or "/accounts/" in request.path:
        return {}
    raise missing("platform account of this twin; name a connected one by Stripe-Account", "")
