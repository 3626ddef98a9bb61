"""The states of a message, and the three that people tell apart."""

from collections.abc import Mapping, Sequence

STATES = ("pending", "sending", "unknown", "accepted", "done", "dead")
GROUPS: Mapping[str, Sequence[str]] = {
    "waiting": ("pending", "sending", "unknown", "accepted"),
    "failed": ("dead",),
    "done": ("done",),
}


def states_of(group: str | None) -> Sequence[str]:
    """Return the states of a group; all of them for no group, or an unknown one."""
    return GROUPS.get(group or "", STATES)
