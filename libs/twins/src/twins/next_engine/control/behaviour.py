"""Clock, switches, faults, the request log, and the reset of all of them."""

from dataclasses import asdict

from flask import Blueprint, request

from twins.inputs import change_from_input, number, read_body, read_input
from twins.next_engine.control.asking import Json, companies, instant
from twins.next_engine.faults import KINDS, Fault
from twins.next_engine.queue import Moment, tick
from twins.next_engine.state import world

bp = Blueprint("next_engine_behaviour", __name__, url_prefix="/_control")


@bp.post("/reset")
def reset() -> Json:
    """Forget orders, faults, switches, requests and the moved clock; logins stay."""
    world().reset()
    return {}


@bp.get("/clock")
def show_clock() -> Json:
    clock = world().clock
    return {"now": clock.now().isoformat(), "frozen": clock.is_frozen()}


@bp.post("/clock")
def turn_clock() -> Json:
    """Take any of {"advance": seconds}, {"freeze": true or an instant}, {"freeze": false}."""
    asked, clock = read_body(), world().clock
    freeze = asked.get("freeze")
    if freeze is False:
        clock.thaw()
    elif freeze is not None:
        clock.freeze(None if freeze is True else instant(freeze))
    if "advance" in asked:
        clock.advance(number(asked["advance"], "advance"))
    return show_clock()


@bp.get("/switches")
def show_switches() -> Json:
    return asdict(world().switches)


@bp.post("/switches")
def turn_switches() -> Json:
    """Change the named switches and return all of them."""
    change_from_input(world().switches, read_body())
    return show_switches()


@bp.get("/faults")
def list_faults() -> Json:
    return {"kinds": KINDS, "faults": world().faults.listed()}


@bp.post("/faults")
def order_fault() -> tuple[Json, int]:
    """Order one fault; its fields are those of `Fault`."""
    return asdict(world().faults.order(read_input(Fault, read_body()))), 201


@bp.delete("/faults")
def clear_faults() -> Json:
    world().faults.clear()
    return {}


@bp.get("/requests")
def list_requests() -> Json:
    """Return the latest calls, tokens and secrets masked, and the count of each endpoint."""
    journal = world().journal
    return {"counts": journal.counts(), "requests": journal.calls(request.args.get("endpoint"))}


@bp.post("/tick")
def tick_imports() -> Json:
    """Take the waiting entries `steps` further (1), of one company or of all."""
    asked = read_body()
    for _ in range(int(number(asked.get("steps", 1), "steps"))):
        for company in companies(asked.get("company")):
            with company.lock:
                tick(company, world().switches, Moment.at(world().clock.now()))
    return {}
