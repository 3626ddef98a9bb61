"""Links → a link's statistics: how far its visitors came, by day."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, request

from common.local_time import zone_of
from links.deps import deps
from links.domain.plot import plot_of
from links.domain.steps import Statistics, sum_up
from links.store.models import Link
from links.store.steps import read_steps
from links.web.own_link import own_link

bp = Blueprint("statistics", __name__, url_prefix="/links")
SPANS = (7, 30, 90, 365)


@bp.get("/<uuid:link_id>/statistics")
def show_statistics(link_id: UUID) -> str:
    """Show the last 30 days, or as many as the address asks for."""
    link, _staff, brand = own_link(link_id)
    asked = request.args.get("days", type=int)
    days = asked if asked in SPANS else 30
    zone = brand.time_zone
    found = statistics_of(link, zone=zone, days=days)
    return render_template(
        "links/statistics.html",
        link=link,
        statistics=found,
        plot=plot_of(found.days),
        zone=zone,
        days=days,
        spans=SPANS,
    )


def statistics_of(link: Link, *, zone: str, days: int) -> Statistics:
    """Return the last `days` days of that zone, today included."""
    last = deps().now().astimezone(zone_of(zone)).date()
    first = last - timedelta(days=days - 1)
    with deps().database.transaction(link.maker_id) as session:
        return sum_up(
            read_steps(session, link.id, first=first, last=last, zone=zone), first=first, last=last
        )
