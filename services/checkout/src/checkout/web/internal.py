"""What checkout answers to its peers, from its own database."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from checkout.deps import deps
from checkout.store.brands import card_settings, find_maker
from checkout.store.next_engine import find_shop
from checkout.store.shipping import read_groups
from common.web.internal import answers, questions

bp = questions("ordering", __name__)
NOTHING = {"stripe_add_on": False, "next_engine_connected": False, "rate_groups": []}


class BrandIn(Schema):
    brand_id = fields.UUID(required=True)


@answers(bp, "ordering/read", reads=BrandIn)
def read_ordering(brand_id: UUID) -> Mapping[str, Any]:
    """Say what links offers for this brand; one that has set nothing has nothing."""
    with deps().database.transaction() as session:
        maker_id = find_maker(session, brand_id)
    if maker_id is None:
        return NOTHING
    with deps().database.transaction(maker_id) as session:
        groups = read_groups(session, brand_id=brand_id).values()
        shop = find_shop(session, brand_id=brand_id)
        return {
            "stripe_add_on": card_settings(session, brand_id=brand_id).can_take_cards,
            "next_engine_connected": shop is not None,
            "rate_groups": [
                {
                    "rate_group_id": str(group.rate_group_id),
                    "code": group.code,
                    "name": group.name,
                    "currency": group.currency,
                    "country": group.country,
                    "is_usable": group.is_usable,
                }
                for group in groups
            ],
        }
