"""A Standard Order by card: the catalog offers it, and no link can stand in its way (R88, D21)."""

import pytest

from ..conftest import WOMEN, sku
from ..test_standard_orders import Customer, buyers_of_user
from .conftest import Till

__all__ = ["buyers_of_user"]


@pytest.mark.rule("R88", "R101", "R122", "D21")
@pytest.mark.parametrize("closed", [False, True], ids=["placed", "refunded"])
def test_it_is_paid_by_the_catalogs_own_method_and_placed_or_given_back(
    till: Till, *, closed: bool
) -> None:
    """The link takes no cards and is gone when the money comes; the catalog decides alone."""
    till.world.link["payment_methods"] = ["outside"]
    till.world.catalog_settings = {"payment_methods": ["stripe"], "address_shown": False}
    shopper = Customer(till.shopper.client.application, till.deps, till.world)
    till.shopper = shopper
    shopper.put(sku(1), 3)
    page = shopper.open_checkout()
    assert 'name="addressee"' in page
    reply = shopper.send(shopper.form(page, payment_method="stripe"))
    assert reply.location.startswith(f"{shopper.checkout}/payments/")
    led = shopper.client.get(reply.location).location

    till.lose_link()
    if closed:
        till.set_catalogs(status="closed")
    till.press(str(led).rsplit("/", 1)[1], "pay")
    [payment] = till.payments()
    here = f"{shopper.checkout}/payments/{payment.id}"
    assert till.stripe.sessions()[0]["success_url"].endswith(here)
    checked = shopper.client.post(f"{here}/check")

    assert payment.link_id is None
    if closed:
        assert till.states() == ["refunded"]
        assert till.orders() == []
        assert "was closed" in shopper.client.get(here).text
    else:
        assert checked.location == f"{shopper.checkout}/receipts/{payment.id}"
        assert [str(each.catalog_id) for each in till.orders()] == [WOMEN]
        assert "Credit card" in shopper.client.get(checked.location).text
    till.check_books()
