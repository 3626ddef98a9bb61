"""What links answers, in our types."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from checkout.domain.late import LinkNow
from checkout.domain.shipping import ShippingRow
from checkout.domain.terms import LinkTerms
from common.errors import NotFound
from common.peers import Peers


def link_terms(answer: Mapping[str, Any]) -> LinkTerms:
    """Return the settings of a link out of an answer of links/resolve."""
    return LinkTerms(
        link_id=UUID(answer["link_id"]) if answer["link_id"] else None,
        token=answer["token"],
        maker_id=UUID(answer["maker_id"]),
        brand_id=UUID(answer["brand_id"]),
        view_only=answer["view_only"],
        transition=answer["transition"],
        address_shown=answer["address_shown"],
        payment_methods=tuple(answer["payment_methods"]),
        shipping_rows=shipping_rows(answer["shipping_rows"]),
        catalog_ids=tuple(UUID(each) for each in answer["catalog_ids"]),
    )


def resolve_link(peers: Peers, token: str) -> LinkTerms:
    """Return the link whatever its state; for what is over already, such as a receipt."""
    return link_terms(peers.ask("links", "links/resolve", {"token": token}))


def read_link_now(peers: Peers, token: str) -> LinkNow:
    """Return whether the link still takes the order of an open payment page (D21)."""
    try:
        answer = peers.ask("links", "links/resolve", {"token": token}, fresh=True)
    except NotFound:
        return LinkNow(state="deleted", view_only=False)
    return LinkNow(state=answer["state"], view_only=answer["view_only"])


def shipping_rows(rows: list[Mapping[str, Any]]) -> tuple[ShippingRow, ...]:
    return tuple(
        ShippingRow(
            currency=row["currency"],
            country=row["country"],
            rate_group_id=UUID(row["rate_group_id"]),
        )
        for row in rows
    )
