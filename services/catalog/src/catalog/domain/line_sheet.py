"""How a long catalog is cut into files, and what of a style is too much for paper."""

from dataclasses import dataclass

STYLES_A_FILE = 100
"""One file is set in a second or two (services/catalog/README.md has the figures)."""
MOST_NUMBERS, MOST_NUMBERS_A_FILE = 320, 5000
"""SKUs of a style, and of a file, whose numbers are printed; of other styles colours and sizes are named."""


@dataclass(frozen=True)
class Part:
    """One file of a line sheet: the styles from `first` to `last`, both counted from 1."""

    number: int
    first: int
    last: int


def parts_of(styles: int) -> list[Part]:
    """Return the files that a catalog of so many styles comes in; an empty one has one."""
    starts = range(0, max(1, styles), STYLES_A_FILE)
    return [
        Part(number, start + 1, min(start + STYLES_A_FILE, styles))
        for number, start in enumerate(starts, start=1)
    ]
