"""A Standard Order over public HTTP: straight from the catalog, and everything follows it, too."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from devstack.demo.browser import Browser
from devstack.demo.buyer import Receipt, SignIn, check_out, fill_cell, see_catalogs
from devstack.demo.main_job import Play, observe_order
from devstack.demo.staff import sign_in_staff
from devstack.world import cast

pytestmark = pytest.mark.journey
PLAY = Play(
    way=SignIn("user_account", cast.KENJI.email, cast.PASSWORD, buyer=cast.GINZA.name),
    transition=False,
    link_name="",
    catalogs=(),
    recipient=cast.GINZA.contact_email,
    outcomes=frozenset({"not_asked_for"}),
)


@pytest.fixture
def kenji(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = Browser(world["gateway"])
    form = browser.open("/signin?next=/app").form("Sign in")
    form.fill("Email", cast.KENJI.email).fill("Password", cast.PASSWORD).press()
    yield browser
    browser.close()


@pytest.mark.rule("R88", "R181", "R183", "R189")
def test_a_connected_buyer_orders_without_any_link_and_once_more(
    world: Mapping[str, Any], kenji: Browser
) -> None:
    receipt, place = order(kenji)
    [number] = receipt.order_numbers

    staff = Browser(world["gateway"])
    sign_in_staff(staff, email=world["staff"][0]["email"], password=cast.PASSWORD)
    total = receipt.totals[0]
    assert observe_order(world, staff, PLAY, print, number=number, total=total) == "not_asked_for"
    staff.expect("Standard Order")
    staff.close()

    kenji.open("/app/orders").follow(number).follow("Order again").expect(number)
    [button] = [each.get_text() for each in kenji.page.select("main form button")]
    kenji.form(button).press()
    assert kenji.path == f"/app/cart/{place}"
    again = check_out(kenji, place, address={})
    assert again.totals == receipt.totals
    assert again.order_numbers != receipt.order_numbers


def order(kenji: Browser) -> tuple[Receipt, str]:
    """Fill two cells of the first catalog and order; return the receipt, and the cart's place."""
    buyer = str(cast.GINZA.id)
    kenji.open("/app").expect(cast.NORD.name)
    path, cells = next(iter(see_catalogs(kenji, buyer).items()))
    place = f"{buyer}/{path.rsplit('/', 1)[1]}"
    for cell in cells[:2]:
        fill_cell(kenji, place, cell, 6)
    return check_out(kenji, place, address={}), place
