"""The demo world's catalogs: one of each kind that a buyer can meet."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from devstack.world.cast.ids import fixed_id
from devstack.world.cast.maker import NORD, Brand

LOOKBOOK_ID = fixed_id(80)
DRAFT_LOOKBOOK_ID = fixed_id(81)
RATE_GROUP_JP_ID = fixed_id(90)
RATE_GROUP_US_ID = fixed_id(91)


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """`opens` and `deadline` count from the moment the world is made."""

    id: UUID
    code: str
    names: tuple[tuple[str, str], ...]
    brand: Brand = NORD
    status: str = "open"
    opens: timedelta | None = None
    deadline: timedelta | None = timedelta(days=45)
    granted: tuple[UUID, ...] = ()
    """Who may see it while it is limited (R71)."""


WOMEN = Catalog(
    id=fixed_id(70),
    code="SS27-W",
    names=(
        ("en", "Spring 27 Women"),
        ("ja", "2027年春 ウィメンズ"),
        ("fr", "Printemps 27 Femme"),
    ),
)
MEN = Catalog(
    id=fixed_id(71),
    code="SS27-M",
    names=(("en", "Spring 27 Men"), ("ja", "2027年春 メンズ"), ("fr", "Printemps 27 Homme")),
)
ARCHIVE = Catalog(
    id=fixed_id(72),
    code="AW26",
    names=(("en", "Autumn 26"), ("ja", "2026年秋")),
    deadline=timedelta(days=-12),
)
ATELIER = Catalog(
    id=fixed_id(73),
    code="ATELIER",
    names=(("en", "Atelier pieces"), ("ja", "アトリエピース")),
    status="limited",
    granted=(fixed_id(40), fixed_id(42)),
)
NEXT = Catalog(
    id=fixed_id(74),
    code="AW27",
    names=(("en", "Autumn 27"), ("ja", "2027年秋")),
    opens=timedelta(days=30),
)
SAMPLES = Catalog(
    id=fixed_id(75),
    code="SAMPLES",
    names=(("en", "Press samples"), ("ja", "プレスサンプル")),
    status="closed",
)
CATALOGS = (WOMEN, MEN)
"""What the links of the main job show."""
ALL_CATALOGS = (WOMEN, MEN, ARCHIVE, ATELIER, NEXT, SAMPLES)
