"""Faults that were ordered for the next calls (behaviours 15 to 21)."""

from dataclasses import dataclass, field
from typing import Any

from twins.faults import OrderedFaults

KINDS = {
    "error": "a result:error with code and message",
    "overload": "003002 without wait_flag; with it, held for seconds, then `code` or success",
    "accepted_then_lost": "carried out, then the connection is closed without an answer",
    "lost": "not carried out, and the connection is closed without an answer",
    "http_error": "an HTML page with `status`; carried out only if `executed`",
    "not_json": "HTTP 200 with HTML; carried out only if `executed`",
    "no_result": "JSON without result; carried out only if `executed`",
    "empty": "HTTP 200 without a body; carried out only if `executed`",
    "slow": "carried out, and the body dripped over `seconds`",
}


@dataclass(kw_only=True)
class Fault:
    """One order: which calls it hits and what it does to them."""

    kind: str
    endpoint: str = "*"
    """For example receiveorder_base/upload; `*` is any."""
    company: str | None = None
    times: int | None = 1
    """How many calls are hit; None until it is cleared."""
    skip: int = 0
    """How many matching calls pass first."""
    every: int = 1
    """Hit one in so many of the matching calls."""
    code: str = ""
    message: Any = None
    with_tokens: bool = True
    status: int = 500
    seconds: float = 0.0
    executed: bool = False
    hit: int = field(default=0, init=False)
    seen: int = field(default=0, init=False)
    id: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if self.kind == "error" and not self.code:
            raise ValueError("an error needs a code")
        if self.every < 1 or self.skip < 0:
            raise ValueError("every is at least 1 and skip at least 0")

    def takes(self, endpoint: str, company: str | None) -> bool:
        """Say whether this call is hit, and count it."""
        if self.endpoint not in ("*", endpoint) or self.company not in (None, company):
            return False
        if self.times is not None and self.hit >= self.times:
            return False
        self.seen += 1
        if self.seen <= self.skip or (self.seen - self.skip - 1) % self.every:
            return False
        self.hit += 1
        return True


class Faults(OrderedFaults[Fault]):
    """What was ordered for the next calls."""

    def take(self, endpoint: str, company: str | None) -> Fault | None:
        return self.first(lambda fault: fault.takes(endpoint, company))
