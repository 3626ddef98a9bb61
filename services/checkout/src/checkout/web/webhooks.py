"""Stripe's webhooks: verified on the raw body, stored, answered; worked by the worker (K16)."""

import structlog
from flask import Blueprint, request

from checkout.deps import deps
from checkout.gateways.stripe.webhooks import verified_notice
from checkout.store.stripe import find_maker_of_account
from checkout.usecases.receive_webhook import receive_webhook
from common.errors import Malformed

bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")
log = structlog.get_logger()


@bp.post("/stripe")
def create_stripe_webhook() -> tuple[dict[str, bool], int]:
    """Answer 200 once it is stored; what concerns nobody here is answered and let go."""
    body = request.get_data()
    header = request.headers.get("Stripe-Signature", "")
    notice = verified_notice(body, header, secret=deps().settings.stripe_webhook_secret)
    if notice is None:
        raise Malformed("This is not signed by Stripe.")
    with deps().database.transaction() as session:
        maker_id = find_maker_of_account(session, notice.account_id)
    if maker_id is None:
        log.info("webhook of an account that nobody here has", type=notice.type)
        return {"received": True}, 200
    with deps().database.transaction(maker_id) as session:
        receive_webhook(session, notice, body=body.decode(), maker_id=maker_id)
    return {"received": True}, 200
