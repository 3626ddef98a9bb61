"""Looking for buyers of one brand on behalf of its staff (buyers/search)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from common.web.internal import answers, questions
from identity.deps import deps
from identity.store.brands import act_for_brand
from identity.store.buyer_list import Search, list_named, search_buyers

MOST = 50
bp = questions("questions_of_buyers", __name__)


class SearchIn(Schema):
    brand_id = fields.UUID(required=True)
    text = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST))
    buyer_ids = fields.List(fields.UUID(), load_default=None, allow_none=True)


@answers(bp, "buyers/search", reads=SearchIn)
def find_buyers(
    brand_id: UUID, text: str, limit: int, buyer_ids: list[UUID] | None
) -> Mapping[str, Any]:
    """Answer the newest buyers of the brand whose name, code or e-mail has these words.

    With `buyer_ids` exactly these are answered instead, by name; one that is gone is left out.
    """
    search = Search(brand_ids=(brand_id,), text=text, limit=limit)
    with deps().database.transaction() as session:
        act_for_brand(session, brand_id)
        found = (
            [row[0] for row in search_buyers(session, search).rows]
            if buyer_ids is None
            else list_named(session, brand_id=brand_id, buyer_ids=buyer_ids)
        )
    return {
        "buyers": [
            {
                "buyer_id": str(buyer.id),
                "name": buyer.name,
                "unique_code": buyer.unique_code,
                "kind": buyer.kind,
                "country": buyer.country,
                "currency": buyer.currency,
                "language": buyer.language,
            }
            for buyer in found
        ]
    }
