"""What the brand has that a link can name: catalogs, lookbooks, rate groups, card payment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from common.errors import Unavailable
from common.peers import Peers
from links.domain.link_rules import RateGroup


@dataclass(frozen=True)
class Choice:
    """Something to select: a catalog or a lookbook, with its status beside its name (R66)."""

    id: UUID
    name: str
    status: str


@dataclass(frozen=True)
class NamedRateGroup(RateGroup):
    """A rate group as the form offers it."""

    name: str
    is_usable: bool


@dataclass(frozen=True)
class Choices:
    """All that a link of this brand can name."""

    catalogs: Sequence[Choice]
    lookbooks: Sequence[Choice]
    rate_groups: Sequence[NamedRateGroup]
    can_take_cards: bool
    has_next_engine: bool


@dataclass(frozen=True)
class Brand:
    """A brand as its staff knows it."""

    id: UUID
    name: str
    time_zone: str


def read_choices(peers: Peers, brand_id: UUID) -> Choices:
    """Return what catalog and checkout have of the brand. Raises Unavailable."""
    brand = str(brand_id)
    catalogs = peers.ask(
        "catalog", "catalogs/read", {"brand_id": brand, "catalog_ids": None, "buyer_id": None}
    )
    lookbooks = peers.ask("catalog", "lookbooks/read", {"brand_id": brand, "lookbook_ids": None})
    ordering = peers.ask("checkout", "ordering/read", {"brand_id": brand})
    return Choices(
        catalogs=[
            Choice(UUID(c["catalog_id"]), c["name"], c["status"]) for c in catalogs["catalogs"]
        ],
        lookbooks=[
            Choice(UUID(b["lookbook_id"]), b["name"], b["status"]) for b in lookbooks["lookbooks"]
        ],
        rate_groups=[
            NamedRateGroup(
                g["rate_group_id"], g["currency"], g["country"], g["name"], g["is_usable"]
            )
            for g in ordering["rate_groups"]
        ],
        can_take_cards=bool(ordering["stripe_add_on"]),
        has_next_engine=bool(ordering["next_engine_connected"]),
    )


def read_brand(peers: Peers, brand_id: UUID) -> Brand:
    """Return the brand's name and zone. Raises NotFound, Unavailable."""
    answer = peers.ask("identity", "brands/read", {"brand_id": str(brand_id)})
    return Brand(brand_id, answer["name"], answer["time_zone"])


def read_markets(peers: Peers, brand_id: UUID) -> set[tuple[str, str]]:
    """Return (currency, country) of the brand's buyers; none when identity does not answer."""
    try:
        answer = peers.ask("identity", "brands/terms-in-use", {"brand_id": str(brand_id)})
    except Unavailable:
        return set()
    return {(row["currency"], row["country"]) for row in answer["rows"]}


def read_catalog_names(peers: Peers, wanted: Mapping[UUID, Collection[str]]) -> dict[str, str]:
    """Return names by catalog id, one question for each brand. Raises Unavailable."""
    names: dict[str, str] = {}
    for brand_id, catalog_ids in wanted.items():
        question = {"brand_id": str(brand_id), "catalog_ids": sorted(catalog_ids), "buyer_id": None}
        answer = peers.ask("catalog", "catalogs/read", question)
        names |= {each["catalog_id"]: each["name"] for each in answer["catalogs"]}
    return names
