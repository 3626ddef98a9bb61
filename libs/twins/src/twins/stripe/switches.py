"""How this Stripe behaves where the real one's timing is its own affair."""

from dataclasses import dataclass

WEBHOOKS = ("first", "last", "twice", "out_of_order", "never", "held")


@dataclass(kw_only=True)
class Switches:
    """Everything a test or a trial may turn."""

    webhooks: str = "first"
    """first: answered before the browser is sent back; last: `last_seconds` after; twice: both,
    the same events; out_of_order: after, the last event first; never; held: when told to."""
    last_seconds: float = 1.0
    retry_seconds: float = 2.0
    """Between tries of a webhook that was not answered by 2xx; the real one waits for hours."""
    tries: int = 5
    signature: str = "good"
    """good, bad (signed with another secret) or old (signed an hour ago)."""
    smallest_lifetime_seconds: int = 1800
    """Of a Checkout Session; a test that waits for one to expire lowers it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "webhooks" and value not in WEBHOOKS:
            raise ValueError(f"webhooks is one of {', '.join(WEBHOOKS)}")
        if name == "signature" and value not in ("good", "bad", "old"):
            raise ValueError("signature is good, bad or old")
        super().__setattr__(name, value)
