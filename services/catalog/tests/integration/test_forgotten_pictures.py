"""Pictures that nothing shows: they stay a month, then row and files go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalog.deps import Deps
from catalog.jobs.pictures import purge_pictures
from catalog.store.lookbooks import known_pictures
from catalog.store.models import Catalog, Lookbook, ProductImage, StoredPicture
from common.clock import utc_now

from .conftest import BOOK, BRAND, CATALOG, MAKER, PRODUCT

pytestmark = pytest.mark.integration
KEYS = ("on-product", "over-catalog", "in-book", "nowhere", "just-unshown")


@pytest.fixture
def stored(deps: Deps) -> None:
    """Store five pictures; three are shown."""
    for key in KEYS:
        for width in (400, 800, 1200):
            deps.storage.put(f"{key}-{width}.webp", b"picture", content_type="image/webp")
    with deps.database.transaction(MAKER) as session:
        session.add_all(
            StoredPicture(key=key, maker_id=MAKER, brand_id=BRAND, size_bytes=7, created_at=utc_now())
            for key in KEYS
        )  # fmt: skip
        session.add(
            ProductImage(maker_id=MAKER, product_id=PRODUCT, key="on-product", colour=None,
                         alts={}, position=0)
        )  # fmt: skip
        session.get_one(Catalog, CATALOG).hero_key = "over-catalog"
        session.get_one(Lookbook, BOOK).keys = ["in-book"]


def age(deps: Deps, days: int) -> None:
    with deps.database.transaction(MAKER) as session:
        for key in KEYS[:4]:
            row = session.get(StoredPicture, key)
            if row is not None:
                row.unshown_since = utc_now() - timedelta(days=days)


def purge(deps: Deps) -> set[str]:
    purge_pictures(deps, None)  # type: ignore[arg-type]
    with deps.database.transaction(MAKER) as session:
        kept = set(session.scalars(select(StoredPicture.key)))
    files = {key for key in KEYS if deps.storage.has(f"{key}-400.webp")}
    assert files == kept, "row and files go together"
    return kept


@pytest.mark.usefixtures("stored")
def test_they_stay_a_month_and_what_is_shown_stays_for_good(deps: Deps) -> None:
    assert purge(deps) == set(KEYS), "unshown since now"
    age(deps, 29)
    assert purge(deps) == set(KEYS)
    age(deps, 31)
    assert purge(deps) == set(KEYS) - {"nowhere"}
    assert purge(deps) == set(KEYS) - {"nowhere"}


@pytest.mark.usefixtures("stored")
def test_what_somebody_is_just_taking_stays(deps: Deps) -> None:
    purge(deps)
    age(deps, 31)
    with deps.database.transaction(MAKER) as session:
        assert known_pictures(session, ["nowhere"], brand_id=BRAND) == {"nowhere"}
        assert purge(deps) == set(KEYS)
        session.get_one(Lookbook, BOOK).keys = ["in-book", "nowhere"]
    assert purge(deps) == set(KEYS)


@pytest.mark.usefixtures("stored")
def test_one_whose_files_are_going_cannot_be_taken_and_goes_next_time(deps: Deps) -> None:
    with deps.database.transaction(MAKER) as session:
        session.get_one(StoredPicture, "nowhere").is_going = True
        session.flush()
        assert known_pictures(session, KEYS, brand_id=BRAND) == set(KEYS) - {"nowhere"}
    assert purge(deps) == set(KEYS) - {"nowhere"}
