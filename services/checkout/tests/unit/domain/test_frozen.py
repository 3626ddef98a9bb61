"""What a card payment keeps until the charge comes back as it was."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from checkout.domain.breakdown import hash_of, quote_as_json
from checkout.domain.confirmed import Actor, Confirmed, OrderNote
from checkout.domain.frozen import frozen, thawed
from checkout.domain.shipping import ShippingRow
from checkout.domain.terms import Brand, Buyer, LinkTerms, SavedAddress, Terms
from common.addresses import PostalAddress

from .test_quote import catalog, line, quote

ID = UUID("01930000-0000-7000-8000-000000000001")
AOYAMA = PostalAddress(
    country="JP",
    addressee="青山 花子",
    zip="107-0062",
    state="東京都",
    city="港区",
    line1="南青山5-1-1",
    line2="",
    phone="03-1234-5678",
)


def confirmed() -> Confirmed:
    terms = Terms(
        trade_term_id=ID,
        currency="JPY",
        language="ja",
        country="JP",
        rate_kind="ratio",
        rate_value="0.6",
        deposit_percent=None,
        payment_terms="30 days",
    )
    return Confirmed(
        attempt_id=ID,
        cart_version=7,
        link=LinkTerms(
            link_id=ID,
            token="t",
            maker_id=ID,
            brand_id=ID,
            view_only=False,
            transition=True,
            address_shown=True,
            payment_methods=("outside", "stripe"),
            shipping_rows=(ShippingRow(currency="JPY", country=None, rate_group_id=ID),),
            catalog_ids=(ID,),
        ),
        buyer=Buyer(
            buyer_id=ID,
            kind="offline",
            unique_code="A",
            customer_code=None,
            name="ブティック青山",
            contact_email=None,
            country="JP",
            terms=terms,
            addresses=(SavedAddress(address_id=ID, address=AOYAMA),),
            default_address_id=ID,
            recipients=("a@example.com",),
        ),
        brand=Brand(
            brand_id=ID,
            maker_id=ID,
            name="NORD",
            code="NORD",
            maker_name="Nord",
            time_zone="Asia/Tokyo",
            currencies=("JPY",),
        ),
        actor=Actor(session_id=ID, method="offline_login", operator=None, user_id=None),
        quote=quote(catalog(line(1200, 3), line(40, 1))),
        address=AOYAMA,
        payment_method="stripe",
        submitted_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        notes=(OrderNote(catalog_id=ID, comment="急ぎ", po_number="PO-7"),),
    )


@pytest.mark.rule("D21", "R60")
def test_a_confirmed_checkout_thaws_as_it_was_frozen() -> None:
    before = confirmed()
    after = thawed(Confirmed, frozen(before))
    assert after == before
    assert hash_of(quote_as_json(after.quote)) == hash_of(quote_as_json(before.quote))


def test_fields_of_another_version_are_passed_over() -> None:
    before = confirmed()
    value = frozen(before) | {"something_of_tomorrow": 1}
    assert thawed(Confirmed, value) == before


def test_a_payment_of_before_each_order_had_its_own_note_keeps_what_was_written() -> None:
    asks, other = str(ID), UUID("01930000-0000-7000-8000-000000000002")
    value = frozen(confirmed()) | {"comment": "急ぎ", "po_number": "PO-7", "commented": [asks]}
    del value["notes"]
    after = thawed(Confirmed, value)
    assert after.note_for(ID) == OrderNote(catalog_id=ID, comment="急ぎ", po_number="PO-7")
    assert after.note_for(other) == OrderNote(catalog_id=other, comment=None, po_number="PO-7")
