"""Faults that were ordered for the next mails."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from twins.faults import OrderedFaults

KINDS = {
    "accepted_then_drop": "kept, then the connection is dropped before the reply",
    "drop": "not kept, and the connection is dropped before the reply",
    "rcpt": "the recipient is answered with `code` `text`",
    "data": "the message is answered with `code` `text` and not kept",
    "slow": "kept, and the reply dripped over `seconds`",
    "hang": "not kept; the reply drips over `seconds` and is never finished",
    "refuse": "the connection is dropped before the greeting",
}


@dataclass(kw_only=True)
class MailFault:
    """One order: which mails it hits and what it does to them."""

    kind: str
    times: int | None = 1
    """How many are hit; None until it is cleared."""
    skip: int = 0
    """How many matching ones pass first."""
    recipient: str | None = None
    """Only mails to this address; refuse knows no recipient and ignores it."""
    code: int = 451
    text: str = "4.3.0 Try again later"
    seconds: float = 0.0
    id: int = field(default=0, init=False)
    hit: int = field(default=0, init=False)
    seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if not 400 <= self.code <= 599:
            raise ValueError("code is between 400 and 599")

    def takes(self, kinds: Sequence[str], recipients: Sequence[str]) -> bool:
        """Say whether this moment of a delivery is hit, and count it."""
        if self.kind not in kinds or (self.times is not None and self.hit >= self.times):
            return False
        if self.kind != "refuse" and self.recipient and self.recipient not in recipients:
            return False
        self.seen += 1
        if self.seen <= self.skip:
            return False
        self.hit += 1
        return True


class MailFaults(OrderedFaults[MailFault]):
    """What was ordered for the next mails."""

    def take(self, kinds: Sequence[str], recipients: Sequence[str] = ()) -> MailFault | None:
        return self.first(lambda fault: fault.takes(kinds, recipients))
