"""What must follow from an order without anybody waiting, observed from outside."""

import time
from collections.abc import Callable
from typing import TypeVar

from devstack.demo.browser import Browser
from devstack.demo.form import Unexpected
from devstack.demo.staff import LedgerRow, read_ledger
from twins.clients import MailControl, NextEngineControl

Seen = TypeVar("Seen")
PATIENCE_SECONDS = 180.0
SETTLED = {"done", "placed", "moved", "already_moved", "not_asked_for", "not_offline"}


def wait_for(
    what: str, look: Callable[[], Seen | None], *, patience: float = PATIENCE_SECONDS
) -> Seen:
    """Look again and again until there is something to see. Raises Unexpected."""
    deadline = time.monotonic() + patience
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise Unexpected(f"Not seen within {patience:.0f} s: {what}.")
        time.sleep(0.25)


def settled_ledger(staff: Browser, order_id: str, *, mails: int) -> list[LedgerRow]:
    """Wait until transition, upload and at least `mails` mails of the order are settled."""

    def look() -> list[LedgerRow] | None:
        rows = read_ledger(staff, order_id)
        kinds = [row.kind for row in rows]
        is_whole = {"transition", "upload"} <= set(kinds) and kinds.count("mail") >= mails
        return rows if is_whole and all(row.state in SETTLED for row in rows) else None

    return wait_for("a settled delivery ledger", look)


def one_slip(next_engine: NextEngineControl, number: str) -> dict[str, object]:
    """Return the one slip of that number in NEXT ENGINE. Raises Unexpected for none or two."""
    slips = wait_for(f"slip {number}", lambda: next_engine.slips(number))
    if len(slips) != 1:
        raise Unexpected(f"{len(slips)} slips {number}.")
    return dict(slips[0])


def mails_to(inbox: MailControl, recipient: str, number: str) -> list[dict[str, object]]:
    """Return the mails about that order to that recipient, at least one."""

    def look() -> list[dict[str, object]]:
        return [m for m in inbox.messages(to=recipient) if number in str(m["subject"])]

    return wait_for(f"a mail about {number} to {recipient}", look)
