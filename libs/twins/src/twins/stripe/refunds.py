"""Refunds: never more than was charged."""

from twins.stripe.errors import ApiError
from twins.stripe.params import Json
from twins.stripe.postman import announce, make_event
from twins.stripe.world import Held, World, new_id


def create_refund(world: World, account: Json, params: Json) -> Json:
    """Give back an intent's money, all that is left of it unless `amount` says less."""
    intent = world.find("intent", account["id"], str(params.get("payment_intent")))
    left = intent["amount_received"] - refunded_of(world, intent["id"])
    amount = int(params.get("amount", left))
    if intent["amount_received"] == 0:
        raise ApiError(
            400, f"This PaymentIntent ({intent['id']}) does not have a successful charge."
        )
    if left == 0:
        raise ApiError(400, "Charge has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        raise ApiError(400, "Refund amount is greater than unrefunded amount on charge.")
    refund: Json = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": intent["latest_charge"],
        "created": world.now(),
        "currency": intent["currency"],
        "metadata": dict(params.get("metadata") or {}),
        "payment_intent": intent["id"],
        "reason": params.get("reason"),
        "status": "succeeded",
    }
    world.refunds[refund["id"]] = Held(account["id"], refund)
    announce(world, [make_event(world, account["id"], "refund.created", refund)])
    return refund


def list_refunds(world: World, account: Json, params: Json) -> Json:
    """Return an account's refunds, newest first, of one intent if one is named."""
    wanted = params.get("payment_intent")
    found = [
        held.shown
        for held in world.refunds.values()
        if held.account == account["id"] and wanted in (None, held.shown["payment_intent"])
    ]
    return {"object": "list", "data": found[::-1], "has_more": False, "url": "/v1/refunds"}


def refunded_of(world: World, intent_id: str) -> int:
    """Return how much of an intent was given back."""
    refunds = (held.shown for held in world.refunds.values())
    return sum(each["amount"] for each in refunds if each["payment_intent"] == intent_id)
