"""What an API key may be made for: reading or writing what one service keeps, or a part of it.

The first word is the first segment of the API's path: `catalog:read` opens GET /api/catalog/v1/….
Who works for the maker and what it enables have words of their own: `identity:write` opens neither.
"""

AREAS = ("links", "identity", "catalog", "checkout", "notifications", "team", "settings")
VERBS = ("read", "write")
SCOPES = tuple(f"{area}:{verb}" for area in AREAS for verb in VERBS)


def role_of(scopes: list[str]) -> str:
    """Return the role that a key with these scopes has at most, before they are looked at."""
    can_write = any(scope.endswith(":write") for scope in scopes)
    return "member_write" if can_write else "member_read"
