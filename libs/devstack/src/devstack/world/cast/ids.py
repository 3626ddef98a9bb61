"""The demo world's fixed ids and its one password."""

from uuid import UUID


def fixed_id(number: int) -> UUID:
    """Return the demo world's id of that number; it is a valid UUIDv7 of 2024."""
    return UUID(f"018d0000-0000-7000-8000-{number:012x}")


PASSWORD = "Orderlink-2027!"  # The one password of the whole demo world.
