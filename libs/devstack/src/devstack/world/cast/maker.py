"""The demo world's maker, its brands and trade terms."""

from dataclasses import dataclass
from uuid import UUID

from devstack.world.cast.ids import fixed_id

MAKER_ID = fixed_id(1)
MAKER_NAME = "Atelier Nord"
TIME_ZONE = "Asia/Tokyo"
LANGUAGES = ("en", "ja", "fr")
CURRENCIES = ("JPY", "USD", "EUR")


@dataclass(frozen=True)
class Brand:
    id: UUID
    name: str
    code: str


NORD = Brand(fixed_id(10), "NORD", "NORD")
SOLEIL = Brand(fixed_id(11), "Soleil & Fils", "SOLEIL")
BRANDS = (NORD, SOLEIL)


@dataclass(frozen=True)
class TradeTerm:
    id: UUID
    code: str
    name: str


WHOLESALE = TradeTerm(fixed_id(20), "wholesale", "Wholesale")
CONSIGNMENT = TradeTerm(fixed_id(21), "consignment", "Consignment")
