"""Order again: what of an order can be had now, shown first and put into a cart when confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.domain.breakdown import order_of_json
from checkout.domain.reorder import AgainLine, hold_against, wish_again
from checkout.store.models import Order
from checkout.usecases.change_lines import change_lines
from checkout.web.asking import Answers, ask_all
from checkout.web.pictures import pictures_of
from checkout.web.refusals import reason_against
from checkout.web.shop import shop_of
from checkout.web.visits import visit_of
from common.errors import NotFound
from common.places import Place, way
from common.web.auth import current_user
from common.web.buyer import Visit


def again_visit(order: Order) -> Visit:
    """Return where the user orders it again: on the same link while that takes orders, else
    straight from the catalog. Raises CatalogGone, NotYourBuyer."""
    link = _usable_link(order)
    if link is None:
        return visit_of(Place(order.buyer_id, order.catalog_id).token)
    claims = replace(current_user(), buyer_id=order.buyer_id, display_name=order.buyer_name)
    return Visit(token=link["token"], link=link, claims=claims)


def show_again(visit: Visit, order: Order, *, back: tuple[str, str]) -> str:
    """Return the page; `back` is where the order stands: words and address."""
    answers, lines = _look(visit, order, fresh=False)
    return render_template(
        "checkout/again.html",
        order=order,
        lines=lines,
        pictures=pictures_of([each.line for each in lines], brand_id=order.brand_id),
        units=sum(each.line.quantity for each in lines if each.reason is None),
        gone=[each for each in lines if each.reason is not None],
        is_standard=visit.link_id is None,
        was_standard=order.link_id is None,
        back=back,
        shop=shop_of(visit, answers.brand, units=None),
    )


def put_again(visit: Visit, order: Order) -> Response:
    """Put what can be had into the cart, in the order's quantities; repeating changes nothing."""
    _answers, lines = _look(visit, order, fresh=True)
    wishes = [each.wish for each in lines if each.reason is None]
    if wishes:
        with deps().database.transaction(visit.maker_id) as session:
            change_lines(
                session,
                wishes,
                catalog_id=visit.single_catalog_id,
                maker_id=visit.maker_id,
                brand_id=visit.brand_id,
                buyer_id=visit.buyer_id,
                link_id=visit.link_id,
            )
    _tell(lines)
    return redirect(way("cart", visit.token), code=303)


def _usable_link(order: Order) -> dict[str, Any] | None:
    if order.link_id is None:
        return None
    question = {"link_id": str(order.link_id), "maker_id": str(order.maker_id)}
    try:
        link = deps().peers.ask("links", "links/resolve", question)
    except NotFound:
        return None
    is_on_it = str(order.catalog_id) in link["catalog_ids"]
    return link if link["state"] == "open" and not link["view_only"] and is_on_it else None


def _look(visit: Visit, order: Order, *, fresh: bool) -> tuple[Answers, Sequence[AgainLine]]:
    """Ask afresh before anything is put; raises ViewOnly on a link that takes no orders."""
    ordered = order_of_json(order.snapshot).lines
    answers = ask_all(visit, [wish_again(line) for line in ordered], fresh=fresh)
    return answers, hold_against(ordered, answers.priced, reason_against=reason_against)


def _tell(lines: Sequence[AgainLine]) -> None:
    there = sum(each.line.quantity for each in lines if each.reason is None)
    gone = sum(each.reason is not None for each in lines)
    if there:
        flash(
            ngettext("%(num)s unit is in the cart.", "%(num)s units are in the cart.", there),
            "good",
        )
    if gone:
        words = ngettext(
            "%(num)s line is not available any more and was left out.",
            "%(num)s lines are not available any more and were left out.",
            gone,
        )
        flash(words, "warn")
