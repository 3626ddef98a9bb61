"""What NEXT ENGINE's codes mean for the next step.

Source: developer.next-engine.com/api/param/common, /faq and the clients named beside each code
in the project's notes; codes are texts, leading zeros count.
"""

from enum import Enum


class Policy(Enum):
    """What to do after an answer that is not success."""

    CONGESTED = "congested"
    """Retry with growing pauses, 30 s to 15 min."""
    BUSY = "busy"
    """Another job of theirs runs: retry after 1 to 2 min."""
    MAINTENANCE = "maintenance"
    """Retry in 5 to 15 min, not counted as an attempt."""
    REAUTHORISE = "reauthorise"
    """Only a person's sign-in repairs it: pause all uploads."""
    SUSPENDED = "suspended"
    """Their contract is suspended: pause all uploads."""
    SUPERSEDED = "superseded"
    """The token is not the newest: read the stored one again, once."""
    AMBIGUOUS = "ambiguous"
    """It may have happened: look the slip up before anything else."""
    ATTENTION = "attention"
    """A person has to look: no blind retry."""


POLICIES = {
    "003001": Policy.CONGESTED,
    "003002": Policy.CONGESTED,
    "008003": Policy.BUSY,
    "008007": Policy.BUSY,
    "009005": Policy.BUSY,
    "011007": Policy.BUSY,
    "008010": Policy.MAINTENANCE,
    "002007": Policy.MAINTENANCE,
    "003004": Policy.MAINTENANCE,
    "003005": Policy.MAINTENANCE,
    "002002": Policy.SUPERSEDED,
    "002004": Policy.REAUTHORISE,
    "001007": Policy.SUSPENDED,
    "002003": Policy.SUSPENDED,
    "003003": Policy.SUSPENDED,
    "999999": Policy.AMBIGUOUS,
}
FIRST_PAUSE = {
    Policy.CONGESTED: 30,
    Policy.BUSY: 60,
    Policy.MAINTENANCE: 300,
    Policy.AMBIGUOUS: 120,
}
LONGEST_PAUSE = 900


def policy_of(result: str, code: str) -> Policy:
    """Return what to do after `result` error or redirect with that code."""
    if result == "redirect":
        return Policy.REAUTHORISE
    return POLICIES.get(code, Policy.ATTENTION)


def pause_after(policy: Policy, *, attempts: int) -> int:
    """Return seconds to wait after that many attempts: doubling, never above 15 min."""
    first = FIRST_PAUSE.get(policy, 60)
    return int(min(LONGEST_PAUSE, first * 2 ** min(max(attempts - 1, 0), 10)))
