"""Faults that were ordered for the next calls."""

from dataclasses import dataclass, field

from twins.faults import OrderedFaults

KINDS = {
    "timeout_before": "nothing is carried out; the line is silent for `seconds`, then closed",
    "timeout_after": "carried out; the line is silent for `seconds`, then closed",
    "stored_500": "HTTP 500, and every repeat under the same key gets it; carried out if `executed`",
    "error_500": "HTTP 500, not carried out, not kept under the key",
    "rate_limit": "HTTP 429, not carried out",
}


@dataclass(kw_only=True)
class Fault:
    """One order: which calls it hits and what it does to them."""

    kind: str
    endpoint: str = "*"
    """For example checkout.sessions.create; `*` is any."""
    times: int | None = 1
    """How many calls are hit; None until it is cleared."""
    skip: int = 0
    seconds: float = 0.0
    executed: bool = False
    hit: int = field(default=0, init=False)
    seen: int = field(default=0, init=False)
    id: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if self.skip < 0:
            raise ValueError("skip is at least 0")

    def takes(self, endpoint: str) -> bool:
        """Say whether this call is hit, and count it."""
        is_spent = self.times is not None and self.hit >= self.times
        if self.endpoint not in ("*", endpoint) or is_spent:
            return False
        self.seen += 1
        if self.seen <= self.skip:
            return False
        self.hit += 1
        return True


class Faults(OrderedFaults[Fault]):
    """What was ordered for the next calls."""

    def take(self, endpoint: str) -> Fault | None:
        return self.first(lambda fault: fault.takes(endpoint))
