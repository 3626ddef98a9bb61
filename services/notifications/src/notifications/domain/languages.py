"""In which language a mail is written (R195, R62)."""

from collections.abc import Sequence


def mail_language(wanted: str | None, known: Sequence[str]) -> str:
    """Return the known language of the wanted tag (ja-JP is ja), else the first one known."""
    base = (wanted or "").replace("_", "-").partition("-")[0].lower()
    return base if base in known else known[0]
