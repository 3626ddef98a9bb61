"""A link's statistics over JSON."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from links.domain.steps import Statistics
from links.web.api.schemas import StrictSchema
from links.web.own_link import own_link
from links.web.statistics import statistics_of

bp = Blueprint("statistics_api", __name__, url_prefix="/links", description="Customer Order Links")


class SpanIn(StrictSchema):
    """The last so many days, today included, in the maker's zone."""

    days = fields.Integer(load_default=30, validate=validate.Range(1, 365))


class AmountOut(Schema):
    minor = fields.Integer()
    currency = fields.String()


class TalliedOut(Schema):
    """`machines` are openings that no page's script followed; `signed_in` counts by method."""

    machines = fields.Integer()
    people = fields.Integer()
    passed = fields.Integer()
    signed_in = fields.Dict(keys=fields.String(), values=fields.Integer())
    browsed = fields.Integer()
    added = fields.Integer()
    ordered = fields.Integer()


class DayOut(TalliedOut):
    day = fields.Date()


class StatisticsOut(TalliedOut):
    """The days, in the maker's zone, add up to the totals."""

    first = fields.Date()
    last = fields.Date()
    zone = fields.String()
    amounts = fields.List(fields.Nested(AmountOut))
    days = fields.List(fields.Nested(DayOut))


@bp.get("/<uuid:link_id>/statistics")
@bp.arguments(SpanIn, location="query")
@bp.response(200, StatisticsOut)
def show_statistics(asked: dict[str, Any], link_id: UUID) -> dict[str, Any]:
    """Say how far a link's visitors came, in all and by day."""
    link, _staff, brand = own_link(link_id)
    zone = brand.time_zone
    found = statistics_of(link, zone=zone, days=asked["days"])
    return {name: getattr(found, name) for name in Statistics.__dataclass_fields__} | {"zone": zone}
