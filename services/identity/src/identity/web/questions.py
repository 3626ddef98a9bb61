"""Questions about buyers, brands, claims and transitions (docs/contracts)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from common.web.internal import answers, questions
from identity.deps import deps
from identity.store.brands import act_for_brand, list_terms_in_use
from identity.store.buyers import list_buyers_of_user
from identity.usecases.describe_brand import describe_brand
from identity.usecases.describe_buyer import describe_buyer
from identity.usecases.read_mail_secret import read_mail_secret
from identity.usecases.retry_transition import retry_transition

bp = questions("questions", __name__)


class BuyerIn(Schema):
    buyer_id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)


class BrandIn(Schema):
    brand_id = fields.UUID(required=True)


class UserIn(Schema):
    user_id = fields.UUID(required=True)


class SecretIn(Schema):
    reference_id = fields.UUID(required=True)
    kind = fields.String(required=True)


class OrderIn(Schema):
    order_id = fields.UUID(required=True)


@answers(bp, "buyers/read", reads=BuyerIn)
def read_buyer(buyer_id: UUID, brand_id: UUID) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        return describe_buyer(session, buyer_id, brand_id=brand_id)


@answers(bp, "brands/read", reads=BrandIn)
def read_brand(brand_id: UUID) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        act_for_brand(session, brand_id)
        return describe_brand(session, brand_id)


@answers(bp, "brands/terms-in-use", reads=BrandIn)
def read_terms_in_use(brand_id: UUID) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        act_for_brand(session, brand_id)
        rows = list_terms_in_use(session, brand_id)
    return {
        "rows": [
            {
                "trade_term_id": str(row.trade_term_id),
                "currency": row.currency,
                "country": row.country,
                "buyers": row.buyers,
            }
            for row in rows
        ]
    }


@answers(bp, "users/buyers", reads=UserIn)
def read_buyers_of_user(user_id: UUID) -> Mapping[str, Any]:
    """Answer with the connected buyers of the user's organisations (R36, R181)."""
    with deps().database.transaction() as session:
        own = list_buyers_of_user(session, user_id)
    return {
        "buyers": [
            {
                "buyer_id": str(each.buyer.id),
                "maker_id": str(each.buyer.maker_id),
                "brand_id": str(each.buyer.brand_id),
                "name": each.buyer.name,
                "brand_name": each.brand.name,
                "organisation_id": str(each.organisation_id),
            }
            for each in own
        ]
    }


@answers(bp, "mail-secrets/read", reads=SecretIn)
def read_secret(reference_id: UUID, kind: str) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        return read_mail_secret(
            session,
            reference_id=reference_id,
            kind=kind,
            key=deps().settings.mail_secret_key,
            now=deps().now(),
        )


@answers(bp, "transitions/retry", reads=OrderIn)
def answer_retry(order_id: UUID) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        return {"outcome": retry_transition(session, order_id)}
