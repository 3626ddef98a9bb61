"""Who may give which role on a maker's staff, and that it always has one primary owner (R198)."""

from common.errors import Forbidden
from identity.domain.membership import OWNER, PRIMARY, check_may_go
from identity.domain.roles import MANAGERS, OWNERS

ADMIN, WRITER, READER = "admin", "member_write", "member_read"
ROLES = (OWNER, ADMIN, WRITER, READER)
"""Every role but the primary owner's, which is handed over and never given twice."""


class RoleTooHigh(Forbidden):
    """Nobody makes or changes somebody above himself."""

    code = "role_too_high"
    rule = "R198"


class BeyondYourBrands(Forbidden):
    """Whoever works for brands that one does not see is changed by somebody who sees them."""

    code = "beyond_your_brands"
    rule = "R203"


class NotYourself(Forbidden):
    """One's own role and access are changed by somebody else."""

    code = "not_yourself"


def givable(role: str | None) -> tuple[str, ...]:
    """Return the roles that somebody in this role may give, the highest first."""
    if role in OWNERS:
        return ROLES
    return ROLES[1:] if role in MANAGERS else ()


def role_of_key(role_of_its_maker: str | None) -> str | None:
    """Return the role in which a program manages: an admin's, while who made its key does so.

    Hence a key never makes or changes an owner, and nothing that its maker could not do now.
    """
    return ADMIN if role_of_its_maker in MANAGERS else None


def sees_all(role: str, *, wished: bool) -> bool:
    """Say whether the role sees all brands: an owner always does."""
    return wished or role in OWNERS


def demand_may_give(own: str | None, role: str) -> None:
    """Raise RoleTooHigh unless somebody in the role `own` may give `role`."""
    if role not in givable(own):
        raise RoleTooHigh("Your role does not include giving this one.")


def demand_may_change(own: str | None, theirs: str) -> None:
    """Raise RoleTooHigh, or LastOwner for the primary owner, who hands the role over first."""
    check_may_go(theirs)
    demand_may_give(own, theirs)


def demand_may_hand_over(own: str | None) -> None:
    """Raise RoleTooHigh unless it is the primary owner who hands the role over."""
    if own != PRIMARY:
        raise RoleTooHigh("Only the primary owner can hand this role over.")
