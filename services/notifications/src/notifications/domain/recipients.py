"""Who gets the mails about an order (R189 to R191, R207)."""

from collections.abc import Iterable, Sequence

MOST_PER_BRAND = 5


def once_each(addresses: Iterable[str]) -> list[str]:
    """Return the addresses in their order, each once; letter case does not make two."""
    seen: dict[str, str] = {}
    for address in addresses:
        seen.setdefault(address.strip().casefold(), address.strip())
    return [address for key, address in seen.items() if key]


def staff_recipients(*, brand: Sequence[str], maker: Sequence[str]) -> list[str]:
    """Return who of the brand and its maker hears of a new order, each address once (R190)."""
    return once_each([*brand[:MOST_PER_BRAND], *maker])
