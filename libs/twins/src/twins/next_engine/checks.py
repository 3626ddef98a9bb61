"""What one cell of the order CSV may hold: each check returns a complaint, or None."""

import re
from collections.abc import Callable
from datetime import datetime

Check = Callable[[str], str | None]

HIGHEST_AMOUNT = 1_000_000_000

_SLIP_NUMBER = re.compile(r"[0-9A-Za-z-]{1,30}")
_MOMENT = re.compile(r"\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
_DAY = re.compile(r"\d{4}/\d{2}/\d{2}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)


def slip_number(cell: str) -> str | None:
    return None if _SLIP_NUMBER.fullmatch(cell) else "半角英数字とハイフン30文字以内ではありません"


def moment(cell: str) -> str | None:
    return _dated(cell, _MOMENT, "%Y/%m/%d %H:%M:%S")


def day(cell: str) -> str | None:
    return _dated(cell, _DAY, "%Y/%m/%d")


def text(longest: int | None = None) -> Check:
    def check(cell: str) -> str | None:
        too_long = longest is not None and len(cell) > longest
        return f"{longest}文字を超えています" if too_long else None

    return check


def whole(lowest: int = 0, highest: int = HIGHEST_AMOUNT) -> Check:
    """Plain digits: no comma, no decimals, no full-width digit."""

    def check(cell: str) -> str | None:
        if not _WHOLE.fullmatch(cell):
            return "整数ではありません"
        return None if lowest <= int(cell) <= highest else f"{lowest}から{highest}ではありません"

    return check


def one_of(*choices: str) -> Check:
    return lambda cell: None if cell in choices else f"{'・'.join(choices)}以外は使えません"


def _dated(cell: str, pattern: re.Pattern[str], form: str) -> str | None:
    try:
        if pattern.fullmatch(cell):
            datetime.strptime(cell, form)  # noqa: DTZ007
            return None
    except ValueError:
        pass
    return "日付の形式が正しくありません"
