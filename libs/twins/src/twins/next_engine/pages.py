"""Pages for people: what the twin holds."""

from dataclasses import asdict

from flask import Blueprint, abort, render_template

from twins.next_engine.company import Company
from twins.next_engine.queue import Moment, work
from twins.next_engine.state import world

bp = Blueprint("next_engine_pages", __name__)

_SHOWN = 100


@bp.get("/")
def show_home() -> str:
    """Show the companies with their latest slips and uploads, the faults and the latest calls."""
    companies = [_latest(company) for company in list(world().companies.values())]
    return render_template(
        "next_engine/home.html",
        companies=companies,
        app=world().app,
        switches=asdict(world().switches),
        faults=world().faults.listed(),
        calls=world().journal.calls()[-30:][::-1],
    )


@bp.get("/slips/<slip_id>")
def show_slip(slip_id: str) -> str:
    for company in list(world().companies.values()):
        with company.lock:
            found = company.slips.find("receive_order_id", [slip_id])
            lines = company.lines.find("receive_order_row_receive_order_id", [slip_id])
        if found:
            return render_template("next_engine/slip.html", slip=found[0], lines=lines)
    return abort(404)


def _latest(company: Company) -> dict[str, object]:
    with company.lock:
        work(company, world().switches, Moment.at(world().clock.now()))
        return {
            "company": company,
            "slips": company.slips.rows[-_SHOWN:][::-1],
            "uploads": company.uploads[-_SHOWN:][::-1],
        }
