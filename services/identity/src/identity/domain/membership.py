"""Who may do what in a customer's organisation, and that it always has one primary owner."""

from common.errors import Conflict, Forbidden

PRIMARY, OWNER, MEMBER = "primary_owner", "owner", "member"
OWNERS = frozenset({PRIMARY, OWNER})


class OwnersOnly(Forbidden):
    """A member may use the organisation, an owner may change who and what it is."""

    code = "owners_only"


class LastOwner(Conflict):
    """An organisation, and a maker's team, always has its primary owner."""

    code = "last_owner"
    rule = "R198"


def demand_owner(role: str) -> None:
    """Raise OwnersOnly unless the role is an owner's."""
    if role not in OWNERS:
        raise OwnersOnly("Only an owner of the organization can do this.")


def check_may_go(role: str) -> None:
    """Raise LastOwner for the primary owner: the role is handed over first, then one may go."""
    if role == PRIMARY:
        raise LastOwner("The primary owner stays: hand the role to somebody else first.")
