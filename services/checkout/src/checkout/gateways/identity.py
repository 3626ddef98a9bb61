"""What identity answers, in our types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from checkout.domain.terms import Brand, Buyer, SavedAddress, Terms
from common.addresses import PARTS, PostalAddress
from common.peers import Peers


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBuyer:
    """A connected buyer that a user may act for."""

    buyer_id: UUID
    maker_id: UUID
    name: str
    brand_name: str


def read_buyer(peers: Peers, buyer_id: UUID, *, brand_id: UUID, fresh: bool = False) -> Buyer:
    """Return the buyer with the terms that hold now. Raises NotFound for another brand's."""
    return read_customer(peers, buyer_id, brand_id=brand_id, fresh=fresh)[0]


def read_customer(
    peers: Peers, buyer_id: UUID, *, brand_id: UUID, fresh: bool = False
) -> tuple[Buyer, Brand]:
    """Return the buyer with the terms that hold now, and the brand. Raises as read_buyer does."""
    question = {"buyer_id": str(buyer_id), "brand_id": str(brand_id)}
    answer = peers.ask("identity", "buyers/read", question, fresh=fresh)
    buyer, about = _buyer(answer, buyer_id), answer.get("brand")
    if about is None:  # By an identity that is not renewed yet.
        return buyer, read_brand(peers, brand_id)
    return buyer, _brand(about | {"maker_id": answer["maker_id"]}, brand_id)


def read_brand(peers: Peers, brand_id: UUID, *, fresh: bool = False) -> Brand:
    answer = peers.ask("identity", "brands/read", {"brand_id": str(brand_id)}, fresh=fresh)
    return _brand(answer, brand_id)


def list_own_buyers(peers: Peers, user_id: UUID) -> tuple[OwnBuyer, ...]:
    """Return the connected buyers of the user's organisations (R181)."""
    answer = peers.ask("identity", "users/buyers", {"user_id": str(user_id)})
    return tuple(
        OwnBuyer(
            buyer_id=UUID(each["buyer_id"]),
            maker_id=UUID(each["maker_id"]),
            name=each["name"],
            brand_name=each["brand_name"],
        )
        for each in answer["buyers"]
    )


def retry_transition(peers: Peers, order_id: UUID) -> None:
    """Ask identity to look at the order's transition once more; repeating does nothing more."""
    peers.ask("identity", "transitions/retry", {"order_id": str(order_id)}, again=False)


def _buyer(answer: Mapping[str, Any], buyer_id: UUID) -> Buyer:
    default = answer["default_address_id"]
    return Buyer(
        buyer_id=buyer_id,
        kind=answer["kind"],
        unique_code=answer["unique_code"],
        customer_code=answer["customer_code"],
        name=answer["name"],
        contact_email=answer["contact_email"],
        country=answer["country"],
        terms=_terms(answer["terms"]),
        addresses=tuple(_saved(each) for each in answer["addresses"]),
        default_address_id=UUID(default) if default else None,
        recipients=tuple(answer["recipients"]),
    )


def _brand(answer: Mapping[str, Any], brand_id: UUID) -> Brand:
    return Brand(
        brand_id=brand_id,
        maker_id=UUID(answer["maker_id"]),
        name=answer["name"],
        code=answer["code"],
        maker_name=answer["maker_name"],
        time_zone=answer["time_zone"],
        currencies=tuple(answer["currencies"]),
    )


def _terms(value: Mapping[str, Any]) -> Terms:
    deposit = value["deposit_percent"]
    return Terms(
        trade_term_id=UUID(value["trade_term_id"]),
        currency=value["currency"],
        language=value["language"],
        country=value["country"],
        rate_kind=value["rate"]["kind"],
        rate_value=value["rate"]["value"],
        deposit_percent=str(deposit) if deposit is not None else None,
        payment_terms=value["payment_terms"],
    )


def _saved(value: Mapping[str, Any]) -> SavedAddress:
    address = PostalAddress(**{part: value[part] or "" for part in ("country", *PARTS)})
    return SavedAddress(address_id=UUID(value["address_id"]), address=address)
