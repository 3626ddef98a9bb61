"""What each role of staff may do beyond looking (R198)."""

from common.errors import Forbidden

OWNERS = frozenset({"primary_owner", "owner"})
MANAGERS = OWNERS | {"admin"}


class RoleNotEnough(Forbidden):
    """Owners, or owners and admins, only."""

    code = "role_not_enough"
    rule = "R198"


def demand_role(role: str | None, allowed: frozenset[str]) -> None:
    """Raise RoleNotEnough unless the role is one of the allowed ones."""
    if role not in allowed:
        raise RoleNotEnough("Your role does not include this.")
