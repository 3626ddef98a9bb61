"""Looking through a catalog: categories, orders, what it shows beside its products."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from catalog.deps import Deps
from catalog.store.models import (
    CatalogProduct,
    LookbookProduct,
    Price,
    Product,
    RateOverride,
)
from common.testing import PeerServer
from common.testing.peers import sample_answer

from .conftest import BOOK, BRAND, BUYER_ID, CATALOG, MAKER, PRODUCT, TERM

pytestmark = pytest.mark.integration
LINK = sample_answer("links", "links/resolve")
SHOP = f"/shop/{LINK['token']}"
HERE = f"{SHOP}/catalogs/{CATALOG}"
Change = Callable[..., None]


@pytest.fixture
def three(deps: Deps) -> dict[str, Product]:
    """Add a coat, a cap without a price and a bag that costs this buyer half of its own rate."""
    made = {
        number: Product(
            maker_id=MAKER, brand_id=BRAND, model_number=number, names={"en": name},
            descriptions={}, materials={}, category=category, tax_id=None,
        )
        for number, name, category in (
            ("COAT-1", "zebra coat", "outer"), ("CAP-1", "Apple cap", "tops"), ("BAG-1", "Nut bag", ""),
        )
    }  # fmt: skip
    with deps.database.transaction(MAKER) as session:
        session.add_all(made.values())
        session.flush()
        for position, each in enumerate(made.values(), start=1):
            place = {"catalog_id": CATALOG, "product_id": each.id, "position": position}
            session.add(CatalogProduct(maker_id=MAKER, **place))
        for number, minor in (("COAT-1", 6000), ("BAG-1", 9000)):
            price = {"trade_term_id": TERM, "currency": "JPY", "minor": minor}
            session.add(Price(maker_id=MAKER, product_id=made[number].id, **price))
        session.add(
            RateOverride(maker_id=MAKER, buyer_id=BUYER_ID, catalog_id=None,
                         product_id=made["BAG-1"].id, kind="ratio", value=Decimal("0.3"))
        )  # fmt: skip
    return made


def numbers(client: FlaskClient, query: str = "") -> list[str]:
    return re.findall(r'class="style__number quiet">([^<]+)<', client.get(HERE + query).text)


@pytest.mark.rule("R59", "R62")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["TEE-001", "COAT-1", "CAP-1", "BAG-1"]),
        ("?sort=name", ["CAP-1", "BAG-1", "COAT-1", "TEE-001"]),
        # At this buyer's rates: 9,000 × 0.3, 6,000 × 0.6, 6,800 × 0.6; without a price last.
        ("?sort=price", ["BAG-1", "COAT-1", "TEE-001", "CAP-1"]),
        ("?sort=newest", ["BAG-1", "CAP-1", "COAT-1", "TEE-001"]),
        ("?sort=nonsense&page=no", ["TEE-001", "COAT-1", "CAP-1", "BAG-1"]),
        ("?category=tops", ["TEE-001", "CAP-1"]),
        ("?category=tops&sort=name&q=cap", ["CAP-1"]),
        ("?category=shoes", []),
        ("?page=7", []),
    ],
)
def test_a_catalog_is_narrowed_and_sorted(
    buyer: FlaskClient, three: dict[str, Product], query: str, expected: list[str]
) -> None:
    assert numbers(buyer, query) == expected


def test_every_choice_keeps_the_others_and_says_how_many_there_are(
    buyer: FlaskClient, three: dict[str, Product]
) -> None:
    page = buyer.get(f"{HERE}?category=tops&sort=price&language=en").text
    assert f'href="{HERE}?sort=price"' in page
    assert f'href="{HERE}?category=tops&amp;sort=name"' in page
    assert 'tops <span class="browse__count">2</span>' in page
    assert f'href="{HERE}?category=tops&amp;sort=price" aria-current="true"' in page


@pytest.mark.rule("R73", "R149")
def test_a_lookbook_credits_what_the_buyer_sees(
    buyer: FlaskClient, three: dict[str, Product], deps: Deps, change_lookbook: Change
) -> None:
    hidden = Product(
        maker_id=MAKER, brand_id=BRAND, model_number="SECRET-1", names={}, descriptions={},
        materials={}, category="", tax_id=None,
    )  # fmt: skip
    change_lookbook(keys=["a", "b"], alts={"b": {"en": "By the sea"}})
    with deps.database.transaction(MAKER) as session:
        session.add(hidden)
        session.flush()
        for position, each in enumerate((three["COAT-1"].id, hidden.id, PRODUCT)):
            row = {"lookbook_id": BOOK, "product_id": each, "position": position}
            session.add(LookbookProduct(maker_id=MAKER, **row))
    page = buyer.get(f"{SHOP}/lookbooks/{BOOK}").text
    assert 'alt="By the sea"' in page
    assert page.index("zebra coat") < page.index("オーガニックTシャツ")
    assert "SECRET-1" not in page


@pytest.mark.rule("R145")
def test_the_links_and_the_catalogs_videos_stand_above_the_products(
    buyer: FlaskClient, peers: PeerServer, change_catalog: Change
) -> None:
    ours, both = "https://player.vimeo.com/video/123456", "https://player.vimeo.com/video/654321"
    peers.answers[("links", "links/resolve")] = LINK | {"videos": [{"kind": "embed", "url": both}]}
    change_catalog(videos=[both, ours], minimum_amounts={"JPY": 50000, "USD": 1})
    page = buyer.get(f"{HERE}?language=en").text
    assert re.findall(r'<iframe src="([^"]+)"', page) == [both, ours]
    assert "Orders from ¥50,000" in page
    assert ours not in buyer.get(f"{HERE}?q=tee").text


@pytest.mark.rule("R57", "R59", "R63", "R64")
def test_a_price_says_why(buyer: FlaskClient, three: dict[str, Product], deps: Deps) -> None:
    words = buyer.get(f"{SHOP}/products/{CATALOG}/{PRODUCT}?language=en").text
    for said in (
        "¥6,800 (R57)", "× 0.6 (R59)", "you as a buyer", "¥4,080, rounded half up once per unit",
        "10% 消費税 (R63)", "down, once per order (R63)",
    ):  # fmt: skip
        assert said in words
    with deps.database.transaction(MAKER) as session:
        bag = session.get_one(Product, three["BAG-1"].id)
    words = buyer.get(f"{SHOP}/products/{CATALOG}/{bag.id}").text
    for said in ("× 0.3 (R59)", "you on this style", "¥2,700", "none for your country (R63)"):
        assert said in words
