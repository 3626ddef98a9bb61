"""The cart: what it takes, what it refuses, and what it says."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from checkout.deps import Deps
from checkout.domain.pricing import Wish
from checkout.usecases.change_line import CartNow, change_line
from common.errors import NotFound
from common.testing import PeerServer

from .conftest import MEN, TOKEN, WOMEN, MakeShopper, Shopper, World, sku

NO_WISH = {"desired_on": None, "note": None}


def test_a_cell_is_saved_and_answered_with_the_cart(shopper: Shopper) -> None:
    first = shopper.put(sku(1), 3)
    second = shopper.put(sku(3), 2, catalog=MEN)

    assert first.get_json() == {
        "version": 1,
        "quantity": 3,
        "units": 3,
        "amounts": [{"minor": 12240, "currency": "JPY"}],
    }
    assert second.get_json()["units"] == 5
    assert second.get_json()["amounts"] == [{"minor": 36240, "currency": "JPY"}]
    assert shopper.lines() == {
        "version": 2,
        "units": 5,
        "amounts": [{"minor": 36240, "currency": "JPY"}],
        "lines": [
            {"catalog_id": WOMEN, "sku_id": sku(1), "quantity": 3} | NO_WISH,
            {"catalog_id": MEN, "sku_id": sku(3), "quantity": 2} | NO_WISH,
        ],
    }


def test_zero_takes_the_line_away_and_the_version_only_counts_up(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    reply = shopper.put(sku(1), 0)
    assert reply.get_json() == {
        "version": 2,
        "quantity": 0,
        "units": 0,
        "amounts": [{"minor": 0, "currency": "JPY"}],
    }
    assert shopper.lines()["lines"] == []


def test_everybody_signed_in_as_the_buyer_shares_the_cart(make_shopper: MakeShopper) -> None:
    one, other, stranger = make_shopper(), make_shopper(), make_shopper(buyer_id=uuid4())
    one.put(sku(1), 3)
    other.put(sku(1), 4)
    assert one.lines()["lines"][0]["quantity"] == 4
    assert stranger.lines()["lines"] == []


def test_who_saves_from_an_old_cart_is_answered_with_the_cart_as_it_is(
    shopper: Shopper, deps: Deps, world: World
) -> None:
    shopper.put(sku(1), 3)
    old = CartNow(version=0, wishes=())
    wish = Wish(catalog_id=UUID(WOMEN), sku_id=UUID(sku(2)), quantity=2)
    names = ("maker_id", "brand_id", "link_id")
    place = {name: getattr(world, name) for name in names}
    place["buyer_id"] = UUID(world.buyer["buyer_id"])
    with deps.database.transaction(world.maker_id) as session:
        cart = change_line(session, wish, known=old, **place)
    assert (cart.version, [each.quantity for each in cart.wishes]) == (2, [3, 2])
    assert shopper.put(sku(2), 0).get_json()["units"] == 3


def test_parallel_writers_of_one_cell_lose_no_version(shopper: Shopper) -> None:
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda n: shopper.put(sku(1), n + 1), range(8)))
    assert [reply.status_code for reply in replies] == [200] * 8
    assert shopper.lines()["version"] == 8


@pytest.mark.rule("R84")
@pytest.mark.parametrize("quantity", [-1, 1.5, "3", True, None, 100_000])
def test_a_quantity_is_a_positive_whole_number(shopper: Shopper, quantity: Any) -> None:
    reply = shopper.put(sku(1), quantity)
    assert reply.status_code == 422
    assert reply.get_json()["rule"] == "R84"
    assert reply.get_json()["errors"][0]["field"] == "quantity"
    assert shopper.lines()["lines"] == []


@pytest.mark.rule("R93", "R95")
def test_a_view_only_link_takes_nothing_into_the_cart(shopper: Shopper, world: World) -> None:
    world.link["view_only"] = True
    reply = shopper.put(sku(1), 3)
    assert reply.status_code == 403
    assert (reply.get_json()["code"], reply.get_json()["rule"]) == ("view_only", "R95")
    assert shopper.client.get(f"/checkout/{TOKEN}").status_code == 403
    world.link["view_only"] = False
    shopper.forget_answers()
    assert shopper.lines()["lines"] == []


@pytest.mark.rule("R94")
@pytest.mark.rule("R95")
def test_a_view_only_links_pages_say_so_and_lead_back_to_the_shop(
    shopper: Shopper, world: World
) -> None:
    world.link["view_only"] = True
    for path in (shopper.cart, shopper.checkout):
        page = shopper.client.get(path)
        assert page.status_code == 403
        assert "it takes no orders" in page.text
        assert f'href="/shop/{TOKEN}"' in page.text


def test_a_link_that_is_not_view_only_takes_lines(shopper: Shopper) -> None:
    assert shopper.put(sku(1), 3).status_code == 200


@pytest.mark.rule("R74")
def test_after_the_deadline_nothing_can_be_added(shopper: Shopper, world: World) -> None:
    world.reasons[WOMEN] = "deadline_passed"
    reply = shopper.put(sku(1), 3)
    assert reply.status_code == 409
    assert (reply.get_json()["code"], reply.get_json()["rule"]) == ("deadline_passed", "R74")


@pytest.mark.rule("R58")
def test_a_sku_without_a_price_at_the_terms_is_refused(shopper: Shopper) -> None:
    reply = shopper.put(sku(4), 1)
    assert reply.status_code == 409
    assert (reply.get_json()["code"], reply.get_json()["rule"]) == ("no_price", "R58")


@pytest.mark.parametrize("catalog", [WOMEN, str(uuid4())])
def test_an_unknown_sku_or_catalog_is_refused(shopper: Shopper, catalog: str) -> None:
    reply = shopper.put(str(uuid4()), 1, catalog=catalog)
    assert reply.status_code in (404, 409)
    assert shopper.lines()["lines"] == []


def test_unreadable_bodies_are_told_from_wrong_ones(shopper: Shopper) -> None:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    broken = shopper.client.put(f"/cart/{TOKEN}/lines", data="{", headers=headers)
    wrong = shopper.client.put(f"/cart/{TOKEN}/lines", json={"quantity": 1}, headers=headers)
    assert broken.status_code == 400
    assert wrong.status_code == 422
    assert {e["field"] for e in wrong.get_json()["errors"]} == {"catalog_id", "sku_id"}


@pytest.mark.parametrize("state", ["expired", "void", "not_yet_released"])
def test_a_link_that_is_not_open_leads_back_to_its_gate(
    shopper: Shopper, world: World, state: str
) -> None:
    shopper.put(sku(1), 3)
    world.link["state"] = state
    shopper.forget_answers()
    page = shopper.client.get(f"/cart/{TOKEN}")
    assert (page.status_code, page.location) == (302, f"/l/{TOKEN}")
    assert shopper.put(sku(1), 4).status_code == 401


def test_an_unknown_link_or_nobody_signed_in_leads_to_the_gate(
    shopper: Shopper, peers: PeerServer
) -> None:
    shopper.client.delete_cookie("b")
    assert shopper.client.get(f"/cart/{TOKEN}").location == f"/l/{TOKEN}"

    def unknown(_asked: dict[str, Any]) -> dict[str, Any]:
        raise NotFound("no such link")

    peers.answers["links", "links/resolve"] = unknown
    assert shopper.client.get("/cart/xxxxxxxxxxxxxxxxxxxxxx").location.startswith("/l/")


def test_the_page_groups_lines_by_catalog_and_names_what_cannot_be_ordered(
    shopper: Shopper, world: World
) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(3), 2, catalog=MEN)
    world.reasons[MEN] = "deadline_passed"
    shopper.forget_answers()
    page = shopper.client.get(f"/cart/{TOKEN}").text
    assert page.index("Women") < page.index("Men")
    assert "The order deadline of this catalog has passed." in page
    assert "Go to checkout" not in page


def test_the_page_saves_without_scripts(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    sent = {f"quantity.{WOMEN}.{sku(1)}": "7"}
    assert shopper.client.post(f"/cart/{TOKEN}", data=sent).status_code == 303
    assert shopper.lines()["lines"][0]["quantity"] == 7


@pytest.mark.rule("R84")
def test_the_grid_is_told_what_is_wrong_in_the_buyers_language(shopper: Shopper) -> None:
    shopper.client.set_cookie("language", "ja")
    refused = shopper.put(sku(1), 999_999)
    assert refused.status_code == 422
    assert refused.get_json()["code"] == "not_a_quantity"
    assert refused.get_json()["errors"][0]["detail"] == "0から99999までの整数を入力してください。"


def test_the_count_at_the_top_is_written_as_the_grid_writes_it(shopper: Shopper) -> None:
    shopper.put(sku(1), 1200)
    assert "data-cart-units>1,200</span>" in shopper.client.get(shopper.cart).text
