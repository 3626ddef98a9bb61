"""What a role may see beside its brands: the maker's own mails and addresses."""

MANAGERS = frozenset({"primary_owner", "owner", "admin"})


def is_manager(role: str | None) -> bool:
    """Whether the role looks after the maker as a whole, not only its brands."""
    return role in MANAGERS
