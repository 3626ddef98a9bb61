"""What a catalog and its articles ask of an order: quantities, an amount, a comment."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkout.store.models import Order

from .conftest import MEN, WOMEN, Shopper, World, sku


@pytest.mark.rule("R84")
def test_below_a_catalogs_minimum_the_cart_grows_but_nothing_is_ordered(
    shopper: Shopper, world: World, session: Session
) -> None:
    world.reasons[WOMEN] = "below_minimum_amount"
    assert shopper.put(sku(1), 1).status_code == 200, "The cart may still grow to it."
    assert "below this catalog’s minimum amount" in shopper.open_checkout()

    world.reasons.clear()
    form = shopper.form()
    world.reasons[WOMEN] = "below_minimum_amount"
    refused = shopper.send(form)
    assert refused.status_code == 409
    assert "below this catalog’s minimum amount" in refused.text
    assert session.scalar(select(func.count()).select_from(Order)) == 0

    world.reasons.clear()
    assert shopper.order().status_code == 303


@pytest.mark.rule("R84")
@pytest.mark.parametrize(
    ("reason", "words"),
    [("below_minimum", "Fewer than the least quantity"), ("not_in_packs", "pack")],
)
def test_a_line_below_its_minimum_or_between_packs_is_refused(
    shopper: Shopper, world: World, session: Session, reason: str, words: str
) -> None:
    world.line_reasons[sku(1)] = reason
    refused = shopper.put(sku(1), 2)
    assert (refused.status_code, refused.get_json()["code"]) == (409, reason)
    assert words in refused.get_json()["detail"]

    world.line_reasons.clear()
    shopper.put(sku(1), 2)
    form = shopper.form()
    world.line_reasons[sku(1)] = reason  # The brand sets a minimum after the page was opened.
    assert shopper.send(form).status_code == 409
    assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_a_comment_goes_to_the_catalogs_that_ask_for_one(
    shopper: Shopper, world: World, session: Session
) -> None:
    world.commented = {MEN}
    shopper.put(sku(1), 3)
    shopper.put(sku(3), 2, catalog=MEN)
    assert f'name="comment.{MEN}"' in shopper.open_checkout()
    assert shopper.order(comment="Ring twice").status_code == 303
    said = dict(session.execute(select(Order.catalog_name, Order.comment)).all())
    assert said == {"Women": None, "Men": "Ring twice"}

    world.commented = set()
    shopper.put(sku(1), 1)
    assert 'name="comment"' not in shopper.open_checkout()
