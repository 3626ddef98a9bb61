"""Take over what became of an outbound call into the order's ledger."""

from sqlalchemy.orm import Session

from checkout.store.models import Slip
from checkout.store.next_engine import find_shop
from checkout.store.orders import find_order
from checkout.store.slips import find_slip_of_call
from checkout.usecases.plan_upload import tell_upload
from common.delivery import OutboundCall

SIGN_IN = "Sign in at NEXT ENGINE again; the upload then starts by itself."


def record_upload(session: Session, call: OutboundCall) -> None:
    """Write the call's new state on its slip and publish it."""
    slip = find_slip_of_call(session, call.id)
    order = find_order(session, slip.order_id) if slip else None
    if slip is None or order is None:
        return
    slip.state, slip.attempts = call.state, call.attempts
    slip.remote_id, slip.changed_at = call.remote_id, call.changed_at
    slip.reason, slip.cure = call.last_error or call.note, None
    slip.waits_for_sign_in = call.state == "dead" and not _is_connected(session, slip)
    if slip.waits_for_sign_in:
        slip.cure = SIGN_IN
    tell_upload(session, order, slip)


def _is_connected(session: Session, slip: Slip) -> bool:
    shop = find_shop(session, brand_id=slip.brand_id)
    return shop is not None and shop.state == "connected"
