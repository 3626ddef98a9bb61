"""Comment and PO number: each order of a checkout has its own (D18)."""

import re
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import Order

from .conftest import MEN, WOMEN, Shopper, World, events_of, sku

NOTES = {
    f"comment.{WOMEN}": "Gift wrap, please.",
    f"po_number.{WOMEN}": "PO-1",
    f"comment.{MEN}": "",
    f"po_number.{MEN}": " PO-2   b ",
}


@pytest.fixture
def filled(shopper: Shopper) -> Shopper:
    shopper.put(sku(1), 3)
    shopper.put(sku(3), 2, catalog=MEN)
    return shopper


def ordered(session: Session) -> Sequence[Order]:
    return session.scalars(select(Order).order_by(Order.order_number)).all()


@pytest.mark.rule("R168", "R169")
def test_each_order_takes_its_own_along(
    placed: Callable[..., list[Order]], deps: Deps, filled: Shopper
) -> None:
    women, men = placed(**NOTES)
    assert (women.comment, women.po_number) == ("Gift wrap, please.", "PO-1")
    assert (men.comment, men.po_number) == (None, "PO-2 b")
    said = [
        (event["payload"]["comment"], event["payload"]["po_number"])
        for event in events_of(deps, "checkout.order_completed.v1")
    ]
    assert said == [("Gift wrap, please.", "PO-1"), (None, "PO-2 b")]
    receipt = filled.client.get(f"{filled.checkout}/receipts/{women.checkout_attempt_id}").text
    assert receipt.index("PO-1") < receipt.index("Gift wrap") < receipt.index("PO-2 b")


def test_they_come_back_with_a_wrong_form_and_the_wrong_one_is_named(
    filled: Shopper, session: Session
) -> None:
    refused = filled.order(**NOTES | {f"po_number.{MEN}": "9" * 51})
    assert refused.status_code == 422
    assert f'href="#po_number.{MEN}"' in refused.text
    assert f'id="po_number.{MEN}-error"' in refused.text
    assert f'id="po_number.{WOMEN}-error"' not in refused.text
    assert "Gift wrap, please.</textarea>" in refused.text
    assert 'value="PO-1"' in refused.text
    assert not ordered(session)


def test_another_note_under_the_same_key_is_refused(filled: Shopper, session: Session) -> None:
    form = filled.form(**NOTES)
    assert filled.send(form).status_code == 303
    assert filled.send(form | {f"comment.{MEN}": "Wait!"}).status_code == 422
    assert filled.send(form).status_code == 303
    assert len(ordered(session)) == 2


def test_only_the_catalogs_that_ask_show_a_comment_box(
    filled: Shopper, session: Session, world: World
) -> None:
    world.commented = {WOMEN}
    page = filled.open_checkout()
    shown = re.findall(r'name="((?:comment|po_number)[^"]*)"', page)
    assert shown == [f"po_number.{WOMEN}", f"comment.{WOMEN}", f"po_number.{MEN}"]
    filled.order(**NOTES | {f"comment.{MEN}": "Sent all the same."})
    women, men = ordered(session)
    assert (women.comment, men.comment) == ("Gift wrap, please.", None)
