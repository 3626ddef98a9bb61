"""The demo world's staff and users."""

from dataclasses import dataclass
from uuid import UUID

from devstack.world.cast.ids import fixed_id
from devstack.world.cast.maker import BRANDS, NORD, Brand


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
class Operator:
    """Looks after the machinery; of no maker."""

    id: UUID
    email: str
    name: str


OPERATOR = Operator(fixed_id(35), "ops@orderlink.example", "Aki Brandt")


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
