"""What checkout does after its database was put back to an earlier moment (I18)."""

AFTER_RESTORE = (
    # Orders that were placed since are known to NEXT ENGINE, mails and people by their numbers:
    # none of these may be given to another order.
    "update order_number_sequences set last = last + 10000",
)
