"""Where a buyer's pages are: on a link, in a preview, in a Standard Order."""

from uuid import UUID

import pytest

from common.places import Place, place_of, way, ways_out

BUYER = "01930000-0000-7000-8000-000000000006"
CATALOG = "01930000-0000-7000-8000-000000000004"
LINK = "k3Jx0sYw8mQz1LrT5vBn2A"
OTHER = "01930000-0000-7000-8000-0000000000ab"
BOTH = f"{BUYER}/{CATALOG}"


@pytest.mark.parametrize(
    ("token", "shop", "cart"),
    [
        (LINK, f"/shop/{LINK}", f"/cart/{LINK}"),
        (f"p_{LINK}", f"/shop/p_{LINK}", f"/cart/p_{LINK}"),
        (BOTH, f"/app/shop/{BUYER}", f"/app/cart/{BOTH}"),
    ],
)
def test_each_has_its_own_way(token: str, shop: str, cart: str) -> None:
    assert (way("shop", token), way("cart", token)) == (shop, cart)
    assert way("checkout", token) == cart.replace("cart", "checkout", 1)


def test_a_place_is_read_as_it_was_written() -> None:
    for place in (Place(UUID(BUYER)), Place(UUID(BUYER), UUID(CATALOG))):
        assert place_of(place.token) == place


@pytest.mark.parametrize("token", [LINK, f"p_{LINK}", "", f"{BOTH}/", f"/{BUYER}", OTHER.upper()])
def test_nothing_else_is_taken_for_a_place(token: str) -> None:
    assert place_of(token) is None


def test_a_user_goes_back_to_its_brands_and_a_links_visitor_signs_out() -> None:
    assert ways_out(BOTH) == {"sign_out_url": None, "clear_url": None, "app_url": "/app"}
    assert ways_out(LINK)["sign_out_url"] == f"/signin/{LINK}/sign-out"
