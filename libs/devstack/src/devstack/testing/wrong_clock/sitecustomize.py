"""Found first on PYTHONPATH, this gives a Python a wall clock that is off as a file says (F36).

The file is read at each look, so that the clock can jump. Pauses and timeouts run on another clock
and take their time, as on a host whose date is set.
"""

import datetime
import os
import time
from datetime import datetime as TrueDatetime
from pathlib import Path
from typing import Any

FILE = Path(os.environ["WRONG_CLOCK"])
RIGHT, RIGHT_NS = time.time, time.time_ns


def off() -> float:
    return float(FILE.read_text() or 0)


class AlsoTrueOnes(type):
    """Takes every datetime for one of the class below."""

    def __instancecheck__(cls, found: object) -> bool:
        return isinstance(found, TrueDatetime)


class WrongDatetime(TrueDatetime, metaclass=AlsoTrueOnes):
    """Makes true datetimes of the wrong moment."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return TrueDatetime.fromtimestamp(time.time(), tz)


time.time = lambda: RIGHT() + off()
time.time_ns = lambda: RIGHT_NS() + int(off() * 1_000_000_000)
datetime.datetime = WrongDatetime  # type: ignore[misc]
