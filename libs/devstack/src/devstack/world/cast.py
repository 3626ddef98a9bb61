"""Who is in the demo world: fixed ids, names and sign-ins that all five services share."""

from dataclasses import dataclass
from uuid import UUID


def fixed_id(number: int) -> UUID:
    """Return the demo world's id of that number; it is a valid UUIDv7 of 2024."""
    return UUID(f"018d0000-0000-7000-8000-{number:012x}")


PASSWORD = "Orderlink-2027!"  # The one password of the whole demo world.
MAKER_ID = fixed_id(1)
MAKER_NAME = "Atelier Nord"
TIME_ZONE = "Asia/Tokyo"
LANGUAGES = ("en", "ja")
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


@dataclass(frozen=True)
class Staff:
    id: UUID
    email: str
    name: str
    role: str
    brands: tuple[Brand, ...]


OWNER = Staff(fixed_id(30), "owner@nord.example", "Mika Lund", "primary_owner", BRANDS)
SALES = Staff(fixed_id(31), "sales@nord.example", "Jonas Berg", "member_write", (NORD,))
STAFF = (OWNER, SALES)


@dataclass(frozen=True)
class Buyer:
    """A buyer of NORD unless said otherwise. rate: list price × ratio, or percent off."""

    id: UUID
    key: str
    brand: Brand
    name: str
    kind: str
    unique_code: str
    country: str
    language: str
    currency: str
    rate_kind: str
    rate_value: str
    contact_email: str
    login_email: str | None = None
    passcode: str | None = None
    organisation_id: UUID | None = None


AOYAMA = Buyer(
    fixed_id(40),
    "aoyama",
    NORD,
    "ブティック青山",
    "offline",
    "AOYAMA-01",
    "JP",
    "ja",
    "JPY",
    "ratio",
    "0.6000",
    "hanako@aoyama.example",
    "hanako@aoyama.example",
    "aoyama-7731-kx",
)
BROOKLYN = Buyer(
    fixed_id(41),
    "brooklyn",
    NORD,
    "Brooklyn Dry Goods",
    "offline",
    "BKLYN-01",
    "US",
    "en",
    "USD",
    "percent_off",
    "50.0000",
    "buying@brooklyn.example",
    "buying@brooklyn.example",
    "brooklyn-4410-qm",
)
GINZA = Buyer(
    fixed_id(42),
    "ginza",
    NORD,
    "銀座セレクト",
    "connected",
    "GINZA-01",
    "JP",
    "ja",
    "JPY",
    "ratio",
    "0.5500",
    "order@ginza.example",
    None,
    "ginza-9022-tw",
    fixed_id(60),
)
GINZA_SOLEIL = Buyer(
    fixed_id(43),
    "ginza_soleil",
    SOLEIL,
    "銀座セレクト",
    "connected",
    "GINZA-S1",
    "JP",
    "ja",
    "JPY",
    "ratio",
    "0.5000",
    "order@ginza.example",
    None,
    None,
    fixed_id(60),
)
PORTLAND = Buyer(
    fixed_id(44),
    "portland",
    NORD,
    "Portland Supply",
    "connected",
    "PDX-01",
    "US",
    "en",
    "USD",
    "ratio",
    "0.5000",
    "hello@portland.example",
    None,
    "portland-6120-zd",
    fixed_id(61),
)
BUYERS = (AOYAMA, BROOKLYN, GINZA, GINZA_SOLEIL, PORTLAND)


@dataclass(frozen=True)
class User:
    """A user account; it may order as every buyer of its organisations."""

    id: UUID
    email: str
    name: str
    language: str
    organisation_ids: tuple[UUID, ...]


KENJI = User(fixed_id(50), "kenji@ginza.example", "佐藤 健二", "ja", (fixed_id(60), fixed_id(61)))
USERS = (KENJI,)
ORGANISATIONS = {fixed_id(60): "銀座セレクト株式会社", fixed_id(61): "Portland Supply LLC"}


@dataclass(frozen=True)
class Catalog:
    id: UUID
    brand: Brand
    code: str
    names: tuple[tuple[str, str], ...]


WOMEN = Catalog(
    fixed_id(70), NORD, "SS27-W", (("en", "Spring 27 Women"), ("ja", "2027年春 ウィメンズ"))
)
MEN = Catalog(fixed_id(71), NORD, "SS27-M", (("en", "Spring 27 Men"), ("ja", "2027年春 メンズ")))
CATALOGS = (WOMEN, MEN)
LOOKBOOK_ID = fixed_id(80)
RATE_GROUP_JP_ID = fixed_id(90)
RATE_GROUP_US_ID = fixed_id(91)


@dataclass(frozen=True)
class Link:
    """A link of NORD over both catalogs; `state` is its name in var/demo.json."""

    id: UUID
    state: str
    name: str
    token: str
    transition: bool
    has_shipping: bool
    passcode: str | None = None


OPEN = Link(
    fixed_id(100), "open", "Spring 27, Tokyo showroom", "dem0Open0000000000000A", True, False
)
STAYS = Link(
    fixed_id(101), "transition_off", "Spring 27, reps", "dem0Stay0000000000000A", False, False
)
SHIPPED = Link(
    fixed_id(102),
    "with_shipping",
    "Spring 27, with shipping",
    "dem0Ship0000000000000A",
    False,
    True,
)
GUARDED = Link(
    fixed_id(103),
    "with_passcode",
    "Spring 27, press preview",
    "dem0Pass0000000000000A",
    False,
    False,
    "spring-27",
)
LINKS = (OPEN, STAYS, SHIPPED, GUARDED)
