"""What Prometheus is told of placing orders, and of the tokens for NEXT ENGINE."""

from collections.abc import Iterable

from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.watching import Depth
from common.watching.depths import describe

PLACINGS = Counter(
    "orderlink_placings_total",
    "Confirmed checkouts: placed, payment_page, paid_before, absorbed (a repeat that got the first"
    " one's answer), in_flight, other_content, consent_asked, refused, unavailable or failed.",
    ["result"],
)
RESULTS = (
    *("placed", "payment_page", "paid_before", "absorbed", "in_flight", "other_content"),
    *("consent_asked", "refused", "unavailable", "failed"),
)
for result in RESULTS:
    PLACINGS.labels(
        result
    )  # A first failure must be told as a rise from 0, not as a beginning at 1.
ORDERS = Counter("orderlink_orders_total", "Orders completed.", ["payment_method"])
PAYMENTS = Counter("orderlink_payments_total", "Card payments settled.", ["state"])

TOKENS = "orderlink_next_engine_token_seconds"
COMPANIES = "orderlink_next_engine_companies"
describe(TOKENS, "Until the first connected company's sign-in at NEXT ENGINE ends.")
describe(COMPANIES, "Companies at NEXT ENGINE: connected, or waiting for a person.", "state")

STANDING = text("""
select state, count(*) as number, extract(epoch from min(refresh_ends_at) - now()) as seconds
from next_engine_companies where state is not null group by state
""")


def next_engine_depths(session: Session) -> Iterable[Depth]:
    """Return how the companies stand. None connected: no time to expiry, hence no alarm."""
    for row in session.execute(STANDING):
        yield Depth(COMPANIES, (row.state,), row.number)
        if row.state == "connected" and row.seconds is not None:
            yield Depth(TOKENS, (), float(row.seconds))
