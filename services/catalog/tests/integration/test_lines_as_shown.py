"""Lines come back as the catalog shows them, each with the picture of its colour."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from catalog.deps import Deps
from catalog.store.models import CatalogProduct, Price, Product, ProductImage, Sku
from common.ids import new_id
from common.testing.peers import sample

from .conftest import BRAND, CATALOG, MAKER, PRODUCT, SKU, TERM

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
OWN: dict[str, Any] = {"maker_id": MAKER, "brand_id": BRAND}


@pytest.fixture
def skus(deps: Deps) -> dict[str, UUID]:
    """Give SKUs by number, in the order of the catalog: a coat comes before the sample's shirt."""
    coat = new_id()
    more = [("COAT-NVY-S", coat, "NVY", 0), ("COAT-NVY-M", coat, "NVY", 1)]
    more += [("COAT-RED-M", coat, "RED", 2), ("TEE-001-BLK-M", PRODUCT, "BLK", 1)]
    with deps.database.transaction(MAKER) as session:
        session.get_one(CatalogProduct, (CATALOG, PRODUCT)).position = 1
        session.add(
            Product(id=coat, model_number="COAT", names={"en": "Coat"}, descriptions={},
                    materials={}, category="coats", tax_id=None, **OWN)
        )  # fmt: skip
        session.flush()
        session.add(CatalogProduct(maker_id=MAKER, catalog_id=CATALOG, product_id=coat, position=0))
        session.add(
            Price(maker_id=MAKER, product_id=coat, trade_term_id=TERM, currency="JPY", minor=1)
        )
        made = [
            Sku(product_id=product, number=number, colour=colour, colour_names={"en": colour},
                colour_hex="#000000", size=number[-1], position=position, **OWN)
            for number, product, colour, position in more
        ]  # fmt: skip
        session.add_all(made)
        session.flush()
        ids = {sku.number: sku.id for sku in made}
    shown = ["COAT-NVY-S", "COAT-NVY-M", "COAT-RED-M"]
    return {n: ids[n] for n in shown} | {
        "TEE-001-WHT-M": SKU,
        "TEE-001-BLK-M": ids["TEE-001-BLK-M"],
    }


def picture(deps: Deps, product_id: UUID, key: str, colour: str | None, position: int) -> None:
    with deps.database.transaction(MAKER) as session:
        session.add(
            ProductImage(maker_id=MAKER, product_id=product_id, key=key, colour=colour, alts={},
                         position=position)
        )  # fmt: skip


def test_lines_come_as_the_catalog_shows_them(ask: Ask, skus: dict[str, UUID]) -> None:
    asked = [
        {"catalog_id": str(CATALOG), "sku_id": str(sku_id), "quantity": 1}
        for sku_id in [new_id(), *reversed(skus.values())]
    ]
    [catalog] = ask("prices/read", lines=asked)["catalogs"]
    assert [line["sku_number"] for line in catalog["lines"]] == [*skus, None]


def test_a_sku_has_the_picture_of_its_colour_else_of_none_and_never_of_another(
    ask: Ask, deps: Deps, skus: dict[str, UUID]
) -> None:
    with deps.database.transaction(MAKER) as session:
        coat = session.get_one(Sku, skus["COAT-RED-M"]).product_id
    picture(deps, coat, "front", None, 0)
    picture(deps, coat, "red", "RED", 1)
    picture(deps, coat, "red-back", "RED", 2)
    picture(deps, PRODUCT, "white", "WHT", 0)

    said = ask("pictures/read", sku_ids=[str(each) for each in skus.values()])["pictures"]

    keys = {UUID(each["sku_id"]): each["url"] for each in said}
    assert {number: keys.get(sku_id) for number, sku_id in skus.items()} == {
        "COAT-NVY-S": "/media/front-400.webp",
        "COAT-NVY-M": "/media/front-400.webp",
        "COAT-RED-M": "/media/red-400.webp",
        "TEE-001-WHT-M": "/media/white-400.webp",
        "TEE-001-BLK-M": None,
    }


def test_pictures_have_the_fields_of_the_sample(ask: Ask, deps: Deps) -> None:
    picture(deps, PRODUCT, "a", None, 0)
    expected = sample("catalog", "pictures/read")
    [found] = ask("pictures/read")["pictures"]
    assert found.keys() == expected["response"]["pictures"][0].keys()
    assert found["sku_id"] == expected["request"]["sku_ids"][0]


@pytest.mark.rule("R203")
def test_another_brands_pictures_are_not_shown(ask: Ask, deps: Deps) -> None:
    picture(deps, PRODUCT, "a", None, 0)
    assert ask("pictures/read", brand_id=str(UUID(int=5))) == {"pictures": []}
