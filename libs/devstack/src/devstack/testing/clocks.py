"""Another clock for one Python process, as on a host whose date is wrong or is set (F36)."""

from pathlib import Path

FOLDER = Path(__file__).parent / "wrong_clock"


def clock_in(file: Path) -> dict[str, str]:
    """Return the environment of a Python whose clock is off by as many seconds as the file says."""
    return {"PYTHONPATH": str(FOLDER), "WRONG_CLOCK": str(file)}
