"""Where to go after signing in: somewhere in this house, or the usual place."""


def local_path(wish: str | None, *, default: str) -> str:
    """Return the wish if it is a path of this site, else the default."""
    if not wish or not wish.startswith("/") or wish.startswith(("//", "/\\")):
        return default
    is_odd = "\\" in wish or any(ord(each) < 32 for each in wish)
    return default if is_odd or wish.startswith("/signin") else wish
