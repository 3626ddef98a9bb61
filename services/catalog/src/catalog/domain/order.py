"""A list that people sort by hand."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def rearranged(there: Sequence[Item], wanted: Sequence[Item]) -> list[Item]:
    """Return what is there in the wanted order.

    What somebody else added meanwhile stays, at the end; what is gone does not come back.
    """
    known = set(there)
    first = [item for item in dict.fromkeys(wanted) if item in known]
    return [*first, *[item for item in there if item not in set(first)]]


def moved(items: Sequence[Item], item: Item, *, by: int) -> list[Item]:
    """Return the items with one moved by so many places, no further than the ends."""
    if item not in items:
        return list(items)
    rest = [each for each in items if each != item]
    rest.insert(max(0, list(items).index(item) + by), item)
    return rest
