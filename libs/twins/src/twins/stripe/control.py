"""The control plane: accounts, what was paid, webhooks, switches, faults, calls, time."""

from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, request

from twins.inputs import BadInput, change_from_input, number, read_body, read_input
from twins.stripe.faults import KINDS, Fault
from twins.stripe.postman import announce, make_event, send_held
from twins.stripe.refunds import refunded_of
from twins.stripe.state import world
from twins.stripe.world import new_account

Json = dict[str, Any]
bp = Blueprint("stripe_control", __name__, url_prefix="/_control")


@dataclass(kw_only=True)
class AccountIn:
    id: str
    name: str = "Account"
    details_submitted: bool = True
    charges_enabled: bool = True
    payouts_enabled: bool = True


@bp.post("/reset")
def reset() -> Json:
    """Forget sessions, money, faults, switches and calls; the seeded accounts are as new."""
    world().reset()
    return {}


@bp.get("/app")
def show_app() -> Json:
    held = world()
    return {"api_key": held.api_key, "webhook_secret": held.webhook_secret, "url": held.webhook_url}


@bp.post("/app")
def change_app() -> Json:
    """Send webhooks to another address: {"url": …}."""
    asked = read_body()
    if set(asked) != {"url"} or not str(asked["url"]).startswith("http"):
        raise BadInput('the body is {"url": an http address}')
    world().webhook_url = str(asked["url"])
    return show_app()


@bp.get("/accounts")
def list_accounts() -> Json:
    return {"accounts": list(world().accounts.values())}


@bp.post("/accounts")
def put_account() -> Json:
    """Add or change a connected account, and announce it."""
    asked = read_input(AccountIn, read_body())
    values = asdict(asked)
    account = new_account(values.pop("id"), **values)
    with world().lock:
        world().accounts[account["id"]] = account
    announce(world(), [make_event(world(), account["id"], "account.updated", account)])
    return account


@bp.delete("/accounts/<account_id>")
def remove_account(account_id: str) -> Json:
    """Let an account take its access back."""
    with world().lock:
        world().accounts.pop(account_id, None)
    return {}


@bp.get("/sessions")
def list_sessions() -> Json:
    """Return all sessions, oldest first, each with what of it was paid and given back."""
    with world().lock:
        return {"sessions": [_told(held.account, held.shown) for held in world().sessions.values()]}


@bp.get("/deliveries")
def list_deliveries() -> Json:
    """Return every event with how each try was answered: a status, or why there was no answer."""
    return {"deliveries": world().deliveries, "held": len(world().held_events)}


@bp.post("/deliveries")
def send_deliveries() -> Json:
    """Send what the switch webhooks=held has kept back."""
    return {"sent": send_held(world())}


@bp.post("/clock")
def turn_clock() -> Json:
    """{"advance": seconds}: sessions run out sooner."""
    world().clock.advance(number(read_body().get("advance", 0), "advance"))
    return {"now": world().clock.now().isoformat()}


@bp.get("/switches")
def show_switches() -> Json:
    return asdict(world().switches)


@bp.post("/switches")
def turn_switches() -> Json:
    """Change the named switches and return all of them."""
    change_from_input(world().switches, read_body())
    return show_switches()


@bp.get("/faults")
def list_faults() -> Json:
    return {"kinds": KINDS, "faults": world().faults.listed()}


@bp.post("/faults")
def order_fault() -> tuple[Json, int]:
    """Order one fault; its fields are those of `Fault`."""
    return asdict(world().faults.order(read_input(Fault, read_body()))), 201


@bp.delete("/faults")
def clear_faults() -> Json:
    world().faults.clear()
    return {}


@bp.get("/requests")
def list_requests() -> Json:
    return {"requests": world().journal.calls(request.args.get("endpoint"))}


def _told(account: str, session: Json) -> Json:
    intent = session["payment_intent"]
    paid = world().intents[intent].shown["amount_received"] if intent else 0
    refunded = refunded_of(world(), intent) if intent else 0
    return session | {"account": account, "paid": paid, "refunded": refunded}
