"""How this NEXT ENGINE behaves where the real one's behaviour is unknown or configurable."""

from dataclasses import dataclass

CHOICES = {
    "import_mode": ("timed", "manual"),
    "duplicate": ("fail", "skip"),
    "bad_order": ("nothing", "good_ones"),
    "broken_gzip": ("upload", "queue"),
    "expired_result": ("error", "redirect"),
}


@dataclass(kw_only=True)
class Switches:
    """Everything a test or a trial may turn; the defaults are the strict reading."""

    import_mode: str = "timed"
    """timed: by the clock; manual: only by a tick."""
    import_start_seconds: float = 0.1
    """From the upload until the queue says 1."""
    import_seconds: float = 0.3
    """From the upload until the queue says 2 or -1."""
    queue_visible_seconds: float = 0.0
    """From the upload until the queue entry can be found at all."""
    accept_utf8: bool = False
    strict_headers: bool = True
    """False folds widths, so that 受注住所1 passes for 受注住所１."""
    check_totals: bool = True
    max_lines: int | None = 99
    max_rows: int | None = 1000
    duplicate: str = "fail"
    """A slip number the shop already has: fail ends the queue entry at -1, skip at 2."""
    bad_order: str = "nothing"
    """One bad order in a file: nothing is imported, or the good_ones are."""
    broken_gzip: str = "upload"
    single_use_state: bool = True
    login_replaces_pair: bool = True
    expired_result: str = "error"

    def __setattr__(self, name: str, value: object) -> None:
        if name in CHOICES and value not in CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}")
        super().__setattr__(name, value)
