"""The demo world's buyers: each sees the same links at terms of its own."""

from dataclasses import dataclass
from uuid import UUID

from devstack.world.cast.ids import fixed_id
from devstack.world.cast.maker import NORD, SOLEIL, Brand


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
MARAIS = Buyer(
    fixed_id(45),
    "marais",
    NORD,
    "Marais Général",
    "offline",
    "MARAIS-01",
    "FR",
    "fr",
    "EUR",
    "percent_off",
    "45.0000",
    "achats@marais.example",
    "achats@marais.example",
    "marais-2206-vb",
)
HAKATA = Buyer(
    fixed_id(46),
    "hakata",
    NORD,
    "博多ストア",
    "offline",
    "HAKATA-01",
    "JP",
    "ja",
    "JPY",
    "percent_off",
    "40.0000",
    "info@hakata.example",
)
"""Without login and passcode: nobody can sign in as this one (R42, R45)."""
BUYERS = (AOYAMA, BROOKLYN, GINZA, GINZA_SOLEIL, PORTLAND, MARAIS, HAKATA)
