"""The line sheet: the catalog as a PDF at the buyer's terms, to look at even without a cart."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.deps import Deps
from catalog.domain import line_sheet as bounds
from catalog.store.models import CatalogProduct, Product, ProductImage, Sku
from catalog.web.line_sheet import file, words
from common.clock import utc_now
from common.ids import new_id
from common.pdf.apart import set_apart
from common.testing import PeerServer
from common.testing.files import make_picture

from .conftest import BRAND, BUYER, BUYER_ID, CATALOG, LINK, MAKER, PRODUCT, SKU
from .test_standard_orders import USER, user_client

pytestmark = pytest.mark.integration
SHOP = f"/shop/{LINK['token']}"
SHEET = f"{SHOP}/line-sheets/{CATALOG}/line-sheet.pdf"
Get = Callable[..., tuple[dict[str, Any], dict[str, bytes]]]
ChangeCatalog = Callable[..., None]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, Any], dict[str, bytes]]]:
    """Collect what goes into each document; it is set all the same."""
    heard = []

    def listen(source: Path, *, pictures: dict[str, bytes], sheet: dict[str, Any]) -> bytes:
        heard.append((sheet, pictures))
        return set_apart(source, pictures=pictures, sheet=sheet)

    monkeypatch.setattr(file, "set_apart", listen)
    return heard


@pytest.fixture
def get(buyer: FlaskClient, said: list[tuple[dict[str, Any], dict[str, bytes]]]) -> Get:
    def got(address: str = SHEET) -> tuple[dict[str, Any], dict[str, bytes]]:
        whole(buyer.get(address))
        return said[-1]

    return got


def whole(reply: TestResponse) -> bytes:
    assert reply.status_code == 200, reply.text
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.data.startswith(b"%PDF-")
    assert b"NotoSansJP" in reply.data, "in our own letters"
    return reply.data


def paint(deps: Deps, key: str, product_id: Any = PRODUCT) -> None:
    for width in (400, 800, 1200):
        content = make_picture((width, width * 5 // 4), kind="WEBP")
        deps.storage.put(f"{key}-{width}.webp", content, content_type="image/webp")
    with deps.database.transaction(MAKER) as session:
        session.add(
            ProductImage(maker_id=MAKER, product_id=product_id, key=key, colour=None,
                         alts={}, position=0)
        )  # fmt: skip


@pytest.mark.rule("R56", "R57", "R59", "R62", "R63", "R64")
def test_it_says_the_catalog_in_the_buyers_language_at_its_prices(
    get: Get, deps: Deps, change_catalog: ChangeCatalog
) -> None:
    change_catalog(
        minimum_amounts={"JPY": 30_000}, order_deadline_at=datetime(2031, 3, 1, 9, tzinfo=UTC)
    )
    paint(deps, "one")
    with deps.database.transaction(MAKER) as session:
        sku = session.get_one(Sku, SKU)
        sku.minimum, sku.multiple = 6, 3
    sheet, pictures = get(f"{SHEET}?language=en")
    [style] = sheet["styles"]
    assert (sheet["title"], sheet["language"]) == ("2027年 春夏", "ja"), (
        "the terms', not the page's"
    )
    assert (style["name"], style["number"]) == ("オーガニックTシャツ", "TEE-001")
    assert (style["price"], style["list_price"]) == ("￥4,080", "￥6,800")
    assert style["tax"] == "別途 消費税 10%"
    assert style["limits"] == "6点から · 3点単位"
    assert style["rows"][0]["cells"] == [{"number": "TEE-001-WHT-M", "limit": ""}]
    facts = {each["label"]: each["text"] for each in sheet["cover"]["facts"]}
    assert facts["お客様"] == BUYER["name"]
    assert facts["最低注文金額"] == "￥30,000"
    assert facts["注文締切"].startswith("2031/")
    assert facts["注文締切"].endswith("(Asia/Tokyo)"), "the maker's zone, named (D2)"
    assert pictures[style["picture"]].startswith(b"\xff\xd8"), "a JPEG, which typst takes as it is"
    assert len(pictures["cover.jpg"]) > len(pictures[style["picture"]])


@pytest.mark.rule("R58")
def test_without_a_price_it_says_so_and_names_none(get: Get, peers: PeerServer) -> None:
    terms = BUYER["terms"] | {"currency": "EUR", "language": "en"}
    peers.answers[("identity", "buyers/read")] = BUYER | {"terms": terms}
    sheet, _ = get()
    [style] = sheet["styles"]
    assert (style["price"], style["list_price"], style["tax"]) == ("", "", "")
    assert sheet["no_price"] == "Not available at your terms"


@pytest.mark.rule("R74")
def test_after_the_deadline_it_is_there_to_look_at(get: Get, change_catalog: ChangeCatalog) -> None:
    change_catalog(order_deadline_at=utc_now() - timedelta(days=1))
    assert "注文締切を過ぎました。" in get()[0]["notice"]


@pytest.mark.rule("R93", "R97")
def test_a_view_only_link_has_it_and_no_cart(
    buyer: FlaskClient, get: Get, peers: PeerServer, change_catalog: ChangeCatalog
) -> None:
    change_catalog(order_deadline_at=utc_now() - timedelta(days=1))
    peers.answers[("links", "links/resolve")] = LINK | {"view_only": True}
    page = buyer.get(f"{SHOP}/catalogs/{CATALOG}").text
    assert SHEET in page
    assert "order-sheet" not in page
    with_none, _ = get()
    assert "閲覧専用" in with_none["notice"]
    assert "注文締切" not in [each["label"] for each in with_none["cover"]["facts"]]


@pytest.mark.rule("R68", "R71", "R73", "R33", "R203")
def test_it_is_no_way_around_the_gate(
    buyer: FlaskClient, client: FlaskClient, change_catalog: ChangeCatalog
) -> None:
    assert client.get(SHEET).location.endswith(f"/l/{LINK['token']}")
    for hidden in (
        {"status": "closed"},
        {"status": "limited"},
        {"status": "open", "open_at": utc_now() + timedelta(days=1)},
        {"open_at": None, "brand_id": new_id()},
    ):
        change_catalog(**hidden)
        assert buyer.get(SHEET).status_code == 404, hidden


@pytest.mark.rule("R88")
def test_a_standard_order_has_it_too(app: Flask, peers: PeerServer, cache_url: str) -> None:
    own = {"buyer_id": str(BUYER_ID), "maker_id": str(MAKER), "brand_id": str(BRAND)}
    of_user = {"name": "Boutique Aoyama", "organisation_id": str(new_id())} | own
    peers.answers[("identity", "users/buyers")] = lambda asked: {
        "buyers": [of_user] if asked["user_id"] == str(USER) else []
    }
    address = SHEET.replace(SHOP, f"/app/shop/{BUYER_ID}")
    whole(user_client(app, cache_url, USER).get(address))
    assert user_client(app, cache_url, new_id()).get(address).status_code == 404


def test_a_long_catalog_comes_in_several_files(
    buyer: FlaskClient, get: Get, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "STYLES_A_FILE", 2)
    monkeypatch.setattr(file, "STYLES_A_FILE", 2)
    with deps.database.transaction(MAKER) as session:
        for at in range(1, 5):
            product = Product(id=new_id(), model_number=f"M-{at}", names={}, descriptions={},
                              materials={}, category="", tax_id=None, maker_id=MAKER,
                              brand_id=BRAND)  # fmt: skip
            session.add(product)
            session.flush()
            session.add(
                CatalogProduct(
                    maker_id=MAKER, catalog_id=CATALOG, product_id=product.id, position=at
                )
            )
    page = buyer.get(SHEET.removesuffix("/line-sheet.pdf")).text
    assert [f"{SHEET}?part={n}" in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    files = [get(f"{SHEET}?part={n}")[0] for n in (1, 2, 3)]
    numbers = [[style["number"] for style in each["styles"]] for each in files]
    assert numbers == [["TEE-001", "M-1"], ["M-2", "M-3"], ["M-4"]]
    assert [each["cover"] is None for each in files] == [False, True, True]
    assert files[2]["title"].endswith("(3/3)")
    for wrong in ("0", "4", "-1", "x", "１"):
        assert buyer.get(f"{SHEET}?part={wrong}").status_code == 404, wrong


def test_a_style_of_hundreds_of_skus_names_colours_and_sizes(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "MOST_NUMBERS", 0)
    [style] = get()[0]["styles"]
    assert style["rows"] == []
    assert style["beyond"].startswith("ホワイト / M / 1SKU")


def test_whoever_comes_while_others_wait_is_asked_to_come_again(buyer: FlaskClient) -> None:
    places = file._places
    with places, places:
        refused = buyer.get(SHEET)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "3"
    whole(buyer.get(SHEET))
