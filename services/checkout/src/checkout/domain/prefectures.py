"""The 47 prefectures of Japan, which shipping rates may name (R139)."""

from functools import cache

from common.addresses import State, format_of


@cache
def prefectures() -> tuple[State, ...]:
    """Return them north to south; a rate keeps their keys, which are Japanese: 東京都."""
    return format_of("JP").states


def prefecture_of(text: str) -> str | None:
    """Return the key of what somebody wrote: 東京都, 東京, Tokyo, tokyo."""
    state = format_of("JP").state_named(text)
    return state.key if state else None
