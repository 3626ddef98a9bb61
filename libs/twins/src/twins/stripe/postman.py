"""Webhooks: signed over the raw body, in the order and as often as the switches say."""

import copy
import hashlib
import hmac
import json
import threading
import time

import httpx

from twins.stripe.params import Json
from twins.stripe.world import World, new_id

TIMEOUT = 10.0
VERSION = "2026-10-28.endive"


def make_event(world: World, account: str, type: str, object: Json) -> Json:
    """Return an event about the object as it is now."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "account": account,
        "api_version": VERSION,
        "created": world.now(),
        "data": {"object": copy.deepcopy(object)},
        "livemode": False,
        "pending_webhooks": 1,
        "type": type,
    }


def announce(world: World, events: list[Json]) -> None:
    """Send the events as the switches say; only `first` waits for the receiver's answer."""
    mode, later = world.switches.webhooks, world.switches.last_seconds
    for event in events:
        # An event that is late goes where it was meant to go, whoever may listen by then.
        event |= {"_deliveries": _noted(world, event), "_url": world.webhook_url}
    if mode == "never":
        return
    if mode == "held":
        world.held_events.extend(events)
    elif mode == "first":
        send_all(world, events)
    elif mode == "twice":
        send_all(world, events)
        _in_background(world, events, after=later)
    elif mode == "out_of_order":
        _in_background(world, events[::-1], after=later)
    else:
        _in_background(world, events, after=later)


def send_held(world: World) -> int:
    """Send what was held back; return how many events."""
    with world.lock:
        events, world.held_events[:] = list(world.held_events), []
    send_all(world, events)
    return len(events)


def send_all(world: World, events: list[Json]) -> None:
    """Send each once, in this order; what was not answered by 2xx is tried again later."""
    for event in events:
        if not _send(world, event):
            threading.Thread(target=_try_again, args=(world, event), daemon=True).start()


def signature(body: bytes, *, secret: str, at: int) -> str:
    """Return the Stripe-Signature header. Source: https://docs.stripe.com/webhooks/signature"""
    signed = f"{at}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _in_background(world: World, events: list[Json], *, after: float) -> None:
    def work() -> None:
        time.sleep(after)
        send_all(world, events)

    threading.Thread(target=work, daemon=True).start()


def _try_again(world: World, event: Json) -> None:
    for _ in range(world.switches.tries - 1):
        time.sleep(world.switches.retry_seconds)
        if _send(world, event):
            return


def _send(world: World, event: Json) -> bool:
    told = {name: value for name, value in event.items() if not name.startswith("_")}
    body = json.dumps(told, indent=2).encode()
    kind = world.switches.signature
    # Signatures follow the machine's clock: the receiver compares with its own.
    at = int(time.time()) - (3600 if kind == "old" else 0)
    secret = "whsec_of_somebody_else" if kind == "bad" else world.webhook_secret
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(body, secret=secret, at=at),
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    try:
        reply = httpx.post(
            event["_url"], content=body, headers=headers, timeout=TIMEOUT, trust_env=False
        )
    except httpx.HTTPError as lost:
        event["_deliveries"]["answers"].append(type(lost).__name__)
        return False
    event["_deliveries"]["answers"].append(reply.status_code)
    return reply.is_success


def _noted(world: World, event: Json) -> Json:
    note: Json = {"id": event["id"], "type": event["type"], "account": event["account"]}
    note["answers"] = []
    with world.lock:
        world.deliveries.append(note)
    return note
