"""A Standard Order: a signed-in user orders for a connected buyer, straight from a catalog (R88).

There is no link above it: what a link would say, the catalog says itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, g

from common.errors import NotFound
from common.places import Place
from common.sessions import Claims
from common.web import deps
from common.web.auth import current_user
from common.web.buyer import Visit

STANDARD = "standard_"
"""How the endpoints of these pages begin."""


class NotYourBuyer(NotFound):
    """No buyer of the user's organisations, or not connected any more (R37, R38)."""

    code = "not_your_buyer"
    rule = "R37"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A signed-in user and the connected buyer it acts for."""

    claims: Claims
    buyer_id: UUID
    maker_id: UUID
    brand_id: UUID
    name: str
    """The buyer's, as the brand calls it."""


def answer_standard_orders(app: Flask, *blueprints: Blueprint, at: Sequence[str]) -> None:
    """Let the pages of a link, under `/<page>/<token>`, answer under `/app/<page>/…` as well.

    `at` names the ids that stand there: `buyer_id`, or that and `catalog_id`.
    """
    place = "".join(f"/<uuid:{name}>" for name in at)
    for blueprint in blueprints:
        page = str(blueprint.url_prefix).split("/")[1]
        app.register_blueprint(
            blueprint, name=f"{STANDARD}{blueprint.name}", url_prefix=f"/app/{page}{place}"
        )

    @app.url_value_preprocessor
    def take_place(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and endpoint and endpoint.startswith(STANDARD):
            values["token"] = Place(*(values.pop(name) for name in at)).token


def customer_of(place: Place, *, fresh: bool = False) -> Customer:
    """Return who is ordering there. Raises Unauthorized, NotYourBuyer, Unavailable."""
    claims = current_user()
    question = {"user_id": str(claims.user_id)}
    answer = deps().peers.ask("identity", "users/buyers", question, fresh=fresh)
    for buyer in answer["buyers"]:
        if UUID(buyer["buyer_id"]) == place.buyer_id:
            return Customer(
                claims=claims,
                buyer_id=place.buyer_id,
                maker_id=UUID(buyer["maker_id"]),
                brand_id=UUID(buyer["brand_id"]),
                name=buyer["name"],
            )
    raise NotYourBuyer("There is no such buyer among yours.")


def standard_visit(
    place: Place, customer: Customer, *, catalog_ids: Iterable[UUID], settings: Mapping[str, Any]
) -> Visit:
    """Return the visit: what links would answer of a link, with the catalog's `settings` in it."""
    g.claims = replace(
        customer.claims,
        maker_id=customer.maker_id,
        brand_id=customer.brand_id,
        buyer_id=customer.buyer_id,
        link_id=None,
        method="user_account",
        display_name=customer.name,
    )
    nothing_above = {
        "link_id": None,
        "token": place.token,
        "maker_id": str(customer.maker_id),
        "brand_id": str(customer.brand_id),
        "state": "open",
        "passcode_version": None,
        "view_only": False,
        "transition": False,
        "address_shown": True,
        "payment_methods": [],
        "shipping_rows": [],
        "catalog_ids": [str(each) for each in catalog_ids],
        "lookbook_ids": [],
        "videos": [],
        "contacts": [],
        "preview": None,
    }
    return Visit(token=place.token, link=nothing_above | dict(settings), claims=g.claims)
