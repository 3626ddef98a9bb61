"""The ledgers of many orders at once, by three queries however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from checkout.deps import deps
from checkout.store.ledger import list_entries_of
from checkout.store.models import LedgerEntry, Order, Slip
from checkout.store.payments import list_payments_of
from checkout.store.slips import list_slips_of
from checkout.web.ledger_view import LedgerRow, ledger_rows


def deliveries_of(orders: Sequence[Order], *, maker_id: UUID | None) -> dict[UUID, list[LedgerRow]]:
    """Return each order's ledger rows by the order's id."""
    ids = [order.id for order in orders]
    entries: dict[UUID, list[LedgerEntry]] = defaultdict(list)
    slips: dict[UUID, list[Slip]] = defaultdict(list)
    with deps().database.transaction(maker_id) as session:
        for entry in list_entries_of(session, ids):
            entries[entry.order_id].append(entry)
        for slip in list_slips_of(session, ids):
            slips[slip.order_id].append(slip)
        attempts = {order.checkout_attempt_id for order in orders}
        payments = {each.id: each for each in list_payments_of(session, attempts)}
    return {
        order.id: ledger_rows(
            entries[order.id], slips[order.id], payments.get(order.checkout_attempt_id)
        )
        for order in orders
    }
