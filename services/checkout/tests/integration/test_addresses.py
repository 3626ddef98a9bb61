"""A buyer may order to any country, in the form that its addresses have."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.store.models import Order

from .conftest import Shopper, World, sku

SAO_PAULO = {
    "country": "BR",
    "addressee": "Loja Aurora",
    "zip": "01310-100",
    "state": "São Paulo",
    "city": "São Paulo",
    "line1": "Avenida Paulista 1000",
    "line2": "",
    "phone": "+55 11 1234-5678",
}
REYKJAVIK = {
    "country": "IS",
    "addressee": "Verslun",
    "zip": "101",
    "state": "Ísland",
    "city": "Reykjavík",
    "line1": "Laugavegur 1",
    "line2": "",
    "phone": "+354 555 1234",
}


@pytest.mark.rule("R108")
def test_an_order_goes_to_any_country_in_its_own_form(shopper: Shopper, session: Session) -> None:
    shopper.put(sku(1), 3)
    assert shopper.order(**SAO_PAULO).status_code == 303

    [order] = session.scalars(select(Order))
    assert order.address == SAO_PAULO | {"state": "SP"}


@pytest.mark.rule("R108")
def test_a_part_the_country_does_not_have_is_not_kept(shopper: Shopper, session: Session) -> None:
    shopper.put(sku(1), 3)
    assert shopper.order(**REYKJAVIK).status_code == 303

    [order] = session.scalars(select(Order))
    assert order.address == REYKJAVIK | {"state": ""}


def test_another_country_shows_its_form_and_orders_nothing(
    shopper: Shopper, session: Session
) -> None:
    shopper.put(sku(1), 3)
    shown = shopper.send(shopper.form(country="BR", action="country"))
    assert shown.status_code == 200
    assert '<option value="SP">São Paulo</option>' in shown.text
    assert not list(session.scalars(select(Order)))


@pytest.mark.rule("R106")
@pytest.mark.parametrize("country", ["XX", "", "../us"])
def test_no_country_is_asked_for_again(shopper: Shopper, country: str) -> None:
    shopper.put(sku(1), 3)
    refused = shopper.order(country=country)
    assert refused.status_code == 422
    assert 'id="country-error"' in refused.text


def test_a_code_in_small_letters_is_the_country(shopper: Shopper, session: Session) -> None:
    shopper.put(sku(1), 3)
    assert shopper.order(country="jp").status_code == 303

    [order] = session.scalars(select(Order))
    assert order.address is not None
    assert order.address["country"] == "JP"


def test_a_saved_address_is_offered_as_its_country_writes_it(
    shopper: Shopper, world: World
) -> None:
    shopper.put(sku(1), 3)
    [home] = world.buyer["addresses"]
    world.buyer["addresses"] = [home, SAO_PAULO | {"address_id": str(uuid4())}]
    page = shopper.open_checkout()
    assert "<span>港区 南青山5-1-1</span>" in page
    assert "<span>Avenida Paulista 1000, São Paulo</span>" in page


@pytest.mark.rule("R109")
def test_choosing_a_saved_address_without_script_loses_nothing_that_was_typed(
    shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 3)
    [home] = world.buyer["addresses"]
    world.buyer["addresses"] = [home, SAO_PAULO | {"address_id": str(uuid4())}]
    page = shopper.open_checkout()
    choices = re.findall(
        r'<button class="saved__one" type="submit" name="(\w+)" value="(.+?)"', page
    )
    assert [name for name, _ in choices] == ["address_id"] * 3
    typed = shopper.form(po_number="PO-77", comment="Before noon", addressee="Typed")
    answers = [shopper.send(typed | {"address_id": value}) for _, value in choices]
    addressees = [home["addressee"], SAO_PAULO["addressee"], ""]
    for answer, addressee in zip(answers, addressees, strict=True):
        assert answer.status_code == 200
        assert 'value="PO-77"' in answer.text
        [shown] = re.findall(r'<input[^>]* name="addressee"[^>]*>', answer.text)
        assert (f'value="{addressee}"' in shown) or not addressee
        assert "Typed" not in shown
        current = re.findall(r'value="([^"]+)" formnovalidate aria-current="true"', answer.text)
        assert current == [choices[answers.index(answer)][1]]
    assert not list(session.scalars(select(Order)))
