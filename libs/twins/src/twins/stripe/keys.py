"""Idempotency keys. Source: https://docs.stripe.com/api/idempotent_requests

The first answer to a key is its answer for 24 hours, a 500 too. Other parameters under it are an
error, a repeat while the first is at work is a conflict, and what was refused before anything was
carried out is not kept.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from twins.stripe.errors import ApiError

LIFETIME = timedelta(hours=24)
Answer = tuple[int, dict[str, Any]]


@dataclass
class _Kept:
    asked: str
    at: datetime
    answer: Answer | None = None


class Keys:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], _Kept] = {}

    def once(
        self, key: tuple[str, str], asked: str, work: Callable[[], Answer], *, now: datetime
    ) -> tuple[Answer, bool]:
        """Return the key's answer and whether it is a repeat; `key` is (account, key)."""
        kept, is_new = self._enter(key, asked, now)
        if not is_new and kept.answer is not None:
            return kept.answer, True
        try:
            kept.answer = work()
        except ApiError as refused:
            if not refused.is_kept:
                self._forget(key)
                raise
            kept.answer = (refused.status, refused.body())
        return kept.answer, False

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def _enter(self, key: tuple[str, str], asked: str, now: datetime) -> tuple[_Kept, bool]:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or now - kept.at >= LIFETIME:
                self._kept[key] = kept = _Kept(asked, now)
                return kept, True
            if kept.asked != asked:
                raise ApiError(
                    400,
                    "Keys for idempotent requests can only be used with the same parameters they "
                    "were first used with.",
                    type="idempotency_error",
                )
            if kept.answer is None:
                raise ApiError(
                    409,
                    "There is currently another in-progress request using this Idempotent Key.",
                    code="idempotency_key_in_use",
                )
            return kept, False

    def _forget(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._kept.pop(key, None)
