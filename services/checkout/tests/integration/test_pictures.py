"""Pictures stand beside what is ordered, and no page waits long for them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from checkout.store.models import Order
from common.errors import NotFound
from common.testing.peers import PeerServer

from .conftest import Shopper, sku

pytestmark = pytest.mark.integration
SHIRT, COAT = "/media/shirt-400.webp", "/media/coat-400.webp"
PICTURES = [{"sku_id": sku(number), "url": SHIRT} for number in (1, 2)]
PICTURES += [{"sku_id": sku(3), "url": COAT}]


@pytest.fixture
def pages(
    shopper: Shopper, staff: FlaskClient, placed: Callable[..., list[Order]], peers: PeerServer
) -> Callable[[], dict[str, str]]:
    """Give a function that opens every page with lines, each answered with 200."""
    [order, *_more] = placed()
    for number in (1, 2, 3):
        shopper.put(sku(number), 3)
    receipt = f"{shopper.checkout}/receipts/{order.checkout_attempt_id}"
    places = [(shopper.client, path) for path in (shopper.cart, shopper.checkout, receipt)]
    places += [(staff, f"/orders/{order.id}")]

    def opened() -> dict[str, str]:
        shopper.forget_answers()
        replies = {path: client.get(path) for client, path in places}
        assert {reply.status_code for reply in replies.values()} == {200}
        return {path: reply.text for path, reply in replies.items()}

    return opened


def test_the_sizes_of_a_colour_share_its_picture(
    shopper: Shopper, pages: Callable[[], dict[str, str]], peers: PeerServer
) -> None:
    peers.answers["catalog", "pictures/read"] = {"pictures": PICTURES}
    shown = pages()
    for path in (shopper.cart, shopper.checkout):
        assert [shown[path].count(f'src="{each}"') for each in (SHIRT, COAT)] == [1, 1], path
    assert all(f'src="{SHIRT}"' in page for page in shown.values())


def test_a_catalog_that_is_not_renewed_yet_knows_of_no_pictures(
    pages: Callable[[], dict[str, str]], peers: PeerServer
) -> None:
    def unknown(_asked: dict[str, Any]) -> dict[str, Any]:
        raise NotFound("no such question")

    peers.answers["catalog", "pictures/read"] = unknown
    assert not [path for path, page in pages().items() if "-400.webp" in page]


def test_pages_do_not_wait_for_pictures_that_do_not_come(
    pages: Callable[[], dict[str, str]], peers: PeerServer
) -> None:
    """Each page asks once and goes on, long before the one who was asked wakes up."""
    gate = threading.Event()

    def frozen(_asked: dict[str, Any]) -> dict[str, Any]:
        gate.wait(30)
        return {"pictures": PICTURES}

    peers.answers["catalog", "pictures/read"] = frozen
    peers.asked.clear()
    try:
        shown = pages()
        asked = [question for _service, question, _body in peers.asked]
        assert asked.count("pictures/read") == len(shown)
        assert not [path for path, page in shown.items() if "-400.webp" in page]
    finally:
        gate.set()
