"""What a browser calls itself, short enough for its holder to know it by."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str | None) -> str | None:
    """Return "Chrome, Windows", one of the two, or None when it says neither."""
    said = user_agent or ""
    words = [
        next((name for mark, name in marks if mark in said), None) for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in words if word) or None
