"""The demo world's links: one in every state."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from devstack.world.cast.catalogs import ALL_CATALOGS, CATALOGS, Catalog
from devstack.world.cast.ids import fixed_id


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link of NORD; `state` is its name in var/demo.json. Times count from the making."""

    id: UUID
    state: str
    name: str
    token: str
    transition: bool = False
    has_shipping: bool = False
    view_only: bool = False
    address_shown: bool = True
    is_void: bool = False
    releases: timedelta | None = None
    expires: timedelta | None = None
    passcode: str | None = None
    has_background: bool = False
    payment_methods: tuple[str, ...] = ("outside",)
    catalogs: tuple[Catalog, ...] = CATALOGS


OPEN = Link(
    id=fixed_id(100),
    state="open",
    name="Spring 27, Tokyo showroom",
    token="dem0Open0000000000000A",
    transition=True,
)
STAYS = Link(
    id=fixed_id(101),
    state="transition_off",
    name="Spring 27, reps",
    token="dem0Stay0000000000000A",
)
SHIPPED = Link(
    id=fixed_id(102),
    state="with_shipping",
    name="Spring 27, with shipping",
    token="dem0Ship0000000000000A",
    has_shipping=True,
)
GUARDED = Link(
    id=fixed_id(103),
    state="with_passcode",
    name="Spring 27, press preview",
    token="dem0Pass0000000000000A",
    passcode="spring-27",
    has_background=True,
)
ALL = Link(
    id=fixed_id(109),
    state="every_catalog",
    name="Everything we have",
    token="dem0Every000000000000A",
    catalogs=ALL_CATALOGS,
)
VIEW_ONLY = Link(
    id=fixed_id(104),
    state="view_only",
    name="Spring 27, to look at only",
    token="dem0View0000000000000A",
    view_only=True,
)
NOT_YET = Link(
    id=fixed_id(105),
    state="not_yet_released",
    name="Autumn 27, first orders",
    token="dem0Soon0000000000000A",
    releases=timedelta(days=30),
    has_background=True,
)
EXPIRED = Link(
    id=fixed_id(106),
    state="expired",
    name="Autumn 26, Paris",
    token="dem0Past0000000000000A",
    releases=timedelta(days=-90),
    expires=timedelta(days=-10),
    has_background=True,
)
VOID = Link(
    id=fixed_id(107),
    state="void",
    name="Spring 27, withdrawn",
    token="dem0Void0000000000000A",
    is_void=True,
)
NO_ADDRESS = Link(
    id=fixed_id(108),
    state="address_hidden",
    name="Spring 27, pick-up at the showroom",
    token="dem0Hide0000000000000A",
    address_shown=False,
)
CARDS = Link(
    id=fixed_id(110),
    state="stripe",
    name="Spring 27, by card",
    token="dem0Card0000000000000A",
    payment_methods=("outside", "stripe"),
    address_shown=False,
)
LINKS = (
    *(OPEN, STAYS, SHIPPED, GUARDED, ALL, VIEW_ONLY),
    *(NOT_YET, EXPIRED, VOID, NO_ADDRESS, CARDS),
)
