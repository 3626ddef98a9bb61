"""What a catalog and a SKU ask of an order, and what stands beside the products."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from catalog.deps import Deps
from catalog.store.catalogs import list_catalogs
from catalog.store.models import Catalog, Sku
from common.testing.files import make_picture
from common.testing.peers import sample, sample_answer

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
LINK = sample_answer("links", "links/resolve")
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
BRAND, BOOK = UUID(LINK["brand_id"]), LINK["lookbook_ids"][0]
CATALOG, SKU = UUID(LINE["catalog_id"]), UUID(LINE["sku_id"])
PATH, FILES = f"/catalogs/{CATALOG}/showing", f"/catalogs/files/{CATALOG}"


def catalog_of(deps: Deps, maker_id: UUID) -> Catalog:
    with deps.database.transaction(maker_id) as session:
        return list_catalogs(session, brand_ids=[BRAND], catalog_ids=[CATALOG])[0].catalog


def test_limits_are_off_by_default(ask: Ask) -> None:
    catalog = ask("prices/read")["catalogs"][0]
    assert (catalog["reason"], catalog["lines"][0]["reason"]) == (None, None)


@pytest.mark.rule("R84")
@pytest.mark.parametrize(
    ("quantity", "reason"),
    [(0, None), (3, "below_minimum"), (6, None), (7, "not_in_packs"), (9, None)],
)
def test_a_sku_asks_for_its_minimum_in_whole_packs(
    deps: Deps, maker_id: UUID, ask: Ask, quantity: int, reason: str | None
) -> None:
    with deps.database.transaction(maker_id) as session:
        sku = session.get_one(Sku, SKU)
        sku.minimum, sku.multiple = 6, 3
    lines = [sample("catalog", "prices/read")["request"]["lines"][0] | {"quantity": quantity}]
    line = ask("prices/read", lines=lines)["catalogs"][0]["lines"][0]
    assert (line["reason"], line["is_orderable"]) == (reason, reason is None)


def test_an_order_must_come_to_the_catalogs_minimum(staff: FlaskClient, ask: Ask) -> None:
    for least, reason in (("12,241", "below_minimum_amount"), ("12240", None), ("", None)):
        version = staff.get(PATH).text.split('name="version" value="')[1].split('"')[0]
        sent = {"minimum.JPY": least, "minimum.USD": "1", "version": version}
        assert staff.post(PATH, data=sent).status_code == 302
        catalog = ask("prices/read")["catalogs"][0]
        assert (catalog["reason"], catalog["is_orderable"]) == (reason, reason is None)
        assert catalog["lines"][0]["is_orderable"], "It stands against ordering, not a line."


@pytest.mark.rule("R155")
def test_what_stands_beside_the_products_is_kept(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    videos = "https://youtu.be/abcdefghijk\nhttps://vimeo.com/123456"
    sent = {"lookbook_ids": BOOK, "videos": videos, "has_comment_box": "yes", "version": 1}
    assert staff.post(PATH, data=sent).status_code == 302
    found = catalog_of(deps, maker_id)
    assert found.videos == [
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
        "https://player.vimeo.com/video/123456",
    ]
    assert (found.lookbook_ids, found.has_comment_box) == ([BOOK], True)
    assert staff.post(PATH, data=sent).status_code == 412
    for wrong in (
        {"videos": "https://evil.example/embed/1"},
        {"videos": "http://youtu.be/abcdefghijk"},
        {"videos": "https://youtu.be/<script>"},
        {"minimum.JPY": "1.5"},
        {"lookbook_ids": str(UUID(int=8))},
    ):
        assert staff.post(PATH, data=sent | {"version": 2} | wrong).status_code == 422


def test_a_header_picture_comes_and_goes(
    staff: FlaskClient, stranger: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    def file(data: bytes) -> dict[str, Any]:
        return {"file": (io.BytesIO(data), "a.png")}

    assert staff.post(FILES, data=file(make_picture())).status_code == 302
    key = catalog_of(deps, maker_id).hero_key
    assert deps.storage.has(f"{key}-1200.webp")
    assert staff.post(FILES, data=file(b"no picture")).status_code == 422
    assert stranger.post(FILES, data={"remove": "yes"}).status_code == 404
    assert stranger.get(PATH).status_code == stranger.post(PATH).status_code == 404
    assert staff.post(FILES, data={"remove": "yes"}).status_code == 302
    assert catalog_of(deps, maker_id).hero_key is None


@pytest.mark.rule("R79")
def test_the_inventory_policy_is_hidden_while_there_is_no_inventory(staff: FlaskClient) -> None:
    """Inventory management is not part of this release (D20): nothing of it is shown."""
    assert "inventory" not in staff.get(f"/catalogs/{CATALOG}/edit").text.lower()
    assert "inventory" not in staff.get("/catalogs/new").text.lower()
