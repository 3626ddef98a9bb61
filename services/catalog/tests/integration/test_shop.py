"""What a buyer sees of a link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from common.clock import utc_now
from common.testing import PeerServer
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
LINK = sample_answer("links", "links/resolve")
SHOP = f"/shop/{LINK['token']}"
CATALOG = f"{SHOP}/catalogs/{LINK['catalog_ids'][0]}"
ChangeCatalog = Callable[..., None]
LATE = {"order_deadline_at": utc_now() - timedelta(days=1)}


@pytest.mark.rule("R33")
def test_without_a_session_one_is_sent_to_the_gate(client: FlaskClient) -> None:
    response = client.get(SHOP)
    assert response.status_code in (302, 303)
    assert response.location.endswith(f"/l/{LINK['token']}")


@pytest.mark.rule("R56", "R57", "R62", "R70", "R94")
def test_products_stand_at_the_buyers_terms_with_a_grid(buyer: FlaskClient) -> None:
    page = buyer.get(f"{CATALOG}?language=en").text
    assert "オーガニックTシャツ" in page
    assert "¥4,080" in page
    assert "¥6,800" in page
    assert f'data-cart-url="/cart/{LINK["token"]}"' in page
    assert "data-sku=" in page


@pytest.mark.rule("R74")
def test_after_the_deadline_there_is_no_cell_to_fill(
    buyer: FlaskClient, change_catalog: ChangeCatalog
) -> None:
    change_catalog(**LATE)
    page = buyer.get(f"{CATALOG}?language=en").text
    assert "The order deadline has passed" in page
    assert "data-sku=" not in page


@pytest.mark.rule("R93", "R97")
def test_a_view_only_link_has_no_cart_anywhere(buyer: FlaskClient, peers: PeerServer) -> None:
    peers.answers[("links", "links/resolve")] = LINK | {"view_only": True}
    for address in (SHOP, CATALOG):
        page = buyer.get(address).text
        assert "/cart/" not in page
        assert "/checkout/" not in page
        assert "data-sku=" not in page


@pytest.mark.rule("R58")
def test_without_a_price_it_is_said_and_nothing_can_be_ordered(
    buyer: FlaskClient, peers: PeerServer
) -> None:
    sample = sample_answer("identity", "buyers/read")
    terms: dict[str, Any] = sample["terms"] | {"currency": "EUR"}
    peers.answers[("identity", "buyers/read")] = sample | {"terms": terms}
    page = buyer.get(f"{CATALOG}?language=en").text
    assert "Not available at your terms" in page
    assert "data-sku=" not in page


@pytest.mark.rule("R68", "R69")
def test_a_closed_catalog_is_left_out_until_it_opens_again(
    buyer: FlaskClient, change_catalog: ChangeCatalog
) -> None:
    change_catalog(status="closed")
    assert buyer.get(CATALOG).status_code == 404
    page = buyer.get(f"{SHOP}?language=en").text
    assert "No catalog is open to you at the moment" in page
    assert LINK["contacts"][0]["email"] in page
    change_catalog(status="open")
    assert buyer.get(CATALOG).status_code == 200


@pytest.mark.rule("R149")
def test_only_public_lookbooks_are_shown(
    buyer: FlaskClient, change_lookbook: ChangeCatalog
) -> None:
    address = f"{SHOP}/lookbooks/{LINK['lookbook_ids'][0]}"
    assert buyer.get(address).status_code == 200
    change_lookbook(status="draft")
    assert buyer.get(address).status_code == 404
    assert address not in buyer.get(SHOP).text


@pytest.mark.rule("R206")
def test_a_search_spans_the_catalogs_of_the_link(buyer: FlaskClient) -> None:
    assert "TEE-001" in buyer.get(f"{SHOP}?q=tee-0").text
    assert "TEE-001" not in buyer.get(f"{SHOP}?q=coat").text


@pytest.mark.rule("R154")
def test_a_note_stands_on_one_line(buyer: FlaskClient, peers: PeerServer) -> None:
    contact = LINK["contacts"][0] | {"note": "Weekdays\n10 to 18"}
    peers.answers[("links", "links/resolve")] = LINK | {"contacts": [contact]}
    assert "Weekdays 10 to 18" in buyer.get(SHOP).text


@pytest.mark.rule("R203")
def test_staff_sees_only_its_own_brands(staff: FlaskClient, stranger: FlaskClient) -> None:
    address = f"/catalogs/{LINK['catalog_ids'][0]}"
    assert staff.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert stranger.get("/api/catalog/v1/catalogs").json == {"catalogs": []}
    assert len((staff.get("/api/catalog/v1/products").json or {})["products"]) == 1
    for page in ("/catalogs", "/products", "/lookbooks"):
        assert staff.get(page).status_code == 200
