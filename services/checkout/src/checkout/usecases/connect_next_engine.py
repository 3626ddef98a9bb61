"""Connect a brand to a shop at NEXT ENGINE, or end that (R187, D22)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from checkout.domain.next_engine.csv import ENCODINGS
from checkout.gateways.next_engine.shops import Destination
from checkout.gateways.next_engine.sign_in import Company
from checkout.store.brands import enter_brand
from checkout.store.next_engine import (
    Shop,
    claim_company,
    find_shop,
    put_company,
    put_shop,
    remove_shop,
    set_encoding,
)
from checkout.store.slips import release_waiting
from common.audit import NOTHING, Editor, Place, Subject, record_change
from common.delivery import revive_calls
from common.errors import Conflict, FieldError, Invalid, NotFound


class CompanyTaken(Conflict):
    """The company is connected to another maker; its tokens are never replaced."""

    code = "next_engine_company_taken"
    rule = "R187"


class UnknownEncoding(Invalid):
    """NEXT ENGINE's importer was seen to take two encodings, no more."""

    code = "next_engine_encoding_unknown"
    rule = "D22"


class ShopKeepsTax(Invalid):
    """Our prices are without tax; this shop keeps them with it."""

    code = "next_engine_shop_keeps_tax"
    rule = "D22"


def connect_next_engine(
    session: Session,
    company: Company,
    destination: Destination,
    *,
    maker_id: UUID,
    brand_id: UUID,
    cipher: Fernet,
    by: Editor,
) -> int:
    """Send the brand's orders there; return how many uploads that waited start again.

    A company that is connected already gets the new pair, for all of its brands.
    Raises CompanyTaken, ShopKeepsTax.
    """
    if destination.keeps_prices_with_tax:
        error = FieldError("destination", "keeps_tax", "This shop keeps prices with tax.")
        raise ShopKeepsTax("Our prices are without tax.", errors=[error])
    if claim_company(session, company.company_id, maker_id=maker_id) != maker_id:
        raise CompanyTaken("This company is connected to somebody else.")
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    before = _described(find_shop(session, brand_id=brand_id))
    tokens = company.tokens
    connection_id = put_company(
        session,
        maker_id=maker_id,
        company_id=company.company_id,
        company_name=company.name,
        access_token=cipher.encrypt(tokens.access.encode()),
        refresh_token=cipher.encrypt(tokens.refresh.encode()),
        access_ends_at=tokens.access_ends_at,
        refresh_ends_at=tokens.refresh_ends_at,
    )
    put_shop(
        session,
        maker_id=maker_id,
        brand_id=brand_id,
        connection_id=connection_id,
        shop_id=destination.shop_id,
        pattern_id=destination.pattern_id,
    )
    after = _described(find_shop(session, brand_id=brand_id))
    place = Place(maker_id, brand_id)
    _log(
        session,
        "next_engine_connected",
        company.name,
        by=by,
        place=place,
        after=after,
        before=before,
    )
    calls = release_waiting(session, connection_id=connection_id, now=by.now)
    revive_calls(session, [call_id for call_id in calls if call_id is not None])
    return len(calls)


def choose_encoding(
    session: Session, encoding: str, *, maker_id: UUID, brand_id: UUID, by: Editor
) -> None:
    """Write the brand's files so from now on. Raises UnknownEncoding, NotFound."""
    if encoding not in ENCODINGS:
        error = FieldError("encoding", "unknown", "Choose an encoding.")
        raise UnknownEncoding("Some fields are not right.", errors=[error])
    shop = find_shop(session, brand_id=brand_id)
    if shop is None:
        raise NotFound("The brand is not connected.")
    set_encoding(session, encoding, brand_id=brand_id)
    _log(
        session,
        "next_engine_encoding_changed",
        shop.company_name,
        by=by,
        place=Place(maker_id, brand_id),
        before={"csv_encoding": shop.csv_encoding},
        after={"csv_encoding": encoding},
    )


def disconnect_next_engine(session: Session, *, maker_id: UUID, brand_id: UUID, by: Editor) -> None:
    """Upload nothing more for the brand. Tokens that serve no other brand are erased."""
    shop = find_shop(session, brand_id=brand_id)
    remove_shop(session, brand_id=brand_id)
    if shop is not None:
        place, before = Place(maker_id, brand_id), _described(shop)
        _log(
            session,
            "next_engine_disconnected",
            shop.company_name,
            by=by,
            place=place,
            before=before,
        )


def _log(
    session: Session,
    action: str,
    company: str,
    *,
    by: Editor,
    place: Place,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    record_change(
        session,
        actor=by.actor,
        place=place,
        action=action,
        subject=Subject("next_engine", place.brand_id, company),
        now=by.now,
        before=before,
        after=after,
    )


def _described(shop: Shop | None) -> dict[str, Any]:
    names = ("company_id", "company_name", "shop_id", "pattern_id", "csv_encoding")
    return {name: getattr(shop, name) for name in names} if shop else {}
