"""Each finding by its rule: there when it should be, away when it should not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from links.domain.link_rules import LinkDraft, errors_in
from links.domain.media import Background
from links.domain.preflight import BLOCKS, BrandFacts, Finding, LinkFacts, findings_of
from links.domain.preflight.facts import (
    CatalogFacts,
    LookbookFacts,
    MissingPrice,
    RateGroupFacts,
    TermsInUse,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CATALOG = CatalogFacts(id="spring", name="Spring", status="open", products=24)
JAPAN = RateGroupFacts(id="jp", name="Japan", currency="JPY", country="JP", is_usable=True)
EUROPE = RateGroupFacts(id="eu", name="Europe", currency="EUR", country=None, is_usable=True)
TERMS = (
    TermsInUse(trade_term_id="w", currency="JPY", country="JP", buyers=12),
    TermsInUse(trade_term_id="w", currency="EUR", country="FR", buyers=2),
    TermsInUse(trade_term_id="r", currency="EUR", country="FR", buyers=1),
)
LINK = LinkFacts(catalog_ids=("spring",), payment_methods=("outside",))
BRAND = BrandFacts(
    catalogs={"spring": CATALOG},
    lookbooks={"look": LookbookFacts(id="look", name="Look", status="public")},
    rate_groups={"jp": JAPAN, "eu": EUROPE},
    terms=TERMS,
    trade_term_names={"w": "Wholesale"},
    missing=(),
    can_take_cards=False,
    has_next_engine=False,
)


def found(link: LinkFacts = LINK, brand: BrandFacts = BRAND) -> list[Finding]:
    return findings_of(link, brand, now=NOON)


def codes(link: LinkFacts = LINK, brand: BrandFacts = BRAND) -> dict[str, str]:
    return {finding.code: finding.rule for finding in found(link, brand)}


def brand_with(**changed: Any) -> BrandFacts:
    return replace(BRAND, catalogs={"spring": replace(CATALOG, **changed)})


def test_a_link_in_order_has_no_finding() -> None:
    assert found() == []


@pytest.mark.rule("R68", "R69")
def test_a_closed_catalog_is_named_until_it_is_opened() -> None:
    both = {"spring": replace(CATALOG, status="closed"), "more": replace(CATALOG, id="more")}
    brand = replace(BRAND, catalogs=both)
    link = replace(LINK, catalog_ids=("spring", "more"))
    [closed] = found(link, brand)
    assert (closed.code, closed.rule, closed.values["names"]) == (
        "catalog_closed",
        "R68",
        ["Spring"],
    )
    assert found(link, replace(brand, catalogs=both | {"spring": CATALOG})) == []


@pytest.mark.rule("R78")
def test_a_deleted_catalog_is_counted() -> None:
    assert codes(replace(LINK, catalog_ids=("spring", "gone"))) == {"catalog_deleted": "R78"}


@pytest.mark.rule("R73", "R24")
@pytest.mark.parametrize(
    ("release", "expiry", "opens", "code"),
    [
        (None, None, NOON, None),
        (None, None, NOON + HOUR, "catalog_not_yet_open"),
        (NOON + HOUR, None, NOON + HOUR, None),
        (NOON + HOUR, None, NOON + 2 * HOUR, "catalog_not_yet_open"),
        (None, NOON + HOUR, NOON + HOUR, "catalog_opens_after_expiry"),
        (None, NOON + 2 * HOUR, NOON + HOUR, "catalog_not_yet_open"),
    ],
)
def test_a_catalog_that_opens_after_the_link_is_named(
    release: datetime | None, expiry: datetime | None, opens: datetime, code: str | None
) -> None:
    said = codes(replace(LINK, release_at=release, expires_at=expiry), brand_with(open_at=opens))
    assert said.get("catalog_not_yet_open", said.get("catalog_opens_after_expiry")) == (
        "R73" if code else None
    )
    assert code is None or code in said
    assert ("nothing_to_see" in said) is (code is not None)


@pytest.mark.parametrize("changed", [{"status": "closed"}, {"open_at": NOON + HOUR}])
def test_a_link_on_which_nobody_sees_anything_says_so(changed: dict[str, Any]) -> None:
    assert codes(LINK, brand_with(**changed))["nothing_to_see"] == "D14"
    assert codes(LINK, replace(BRAND, catalogs={}))["nothing_to_see"] == "D14"


@pytest.mark.rule("R74", "R30")
@pytest.mark.parametrize(
    ("release", "deadline", "code"),
    [
        (None, NOON + HOUR, None),
        (None, NOON, "deadline_passed"),
        (NOON + HOUR, NOON + 2 * HOUR, None),
        (NOON + HOUR, NOON + HOUR, "deadline_before_release"),
        (NOON + 2 * HOUR, NOON + HOUR, "deadline_before_release"),
    ],
)
def test_a_deadline_that_leaves_nothing_to_order_is_named(
    release: datetime | None, deadline: datetime, code: str | None
) -> None:
    link, brand = replace(LINK, release_at=release), brand_with(order_deadline_at=deadline)
    assert codes(link, brand) == ({code: "R74"} if code else {})
    assert codes(replace(link, view_only=True), brand) == {}


@pytest.mark.rule("R20")
@pytest.mark.parametrize(("expiry", "is_past"), [(NOON + HOUR, False), (NOON, True)])
def test_a_past_expiration_is_named(expiry: datetime, is_past: bool) -> None:
    assert ("expiry_is_past" in codes(replace(LINK, expires_at=expiry))) is is_past


@pytest.mark.rule("R89", "R90", "R131")
def test_shipping_is_looked_at_where_it_is_wanted() -> None:
    assert codes() == {}
    off = replace(BRAND, rate_groups={"jp": replace(JAPAN, is_usable=False), "eu": EUROPE})
    assert codes(replace(LINK, shipping_group_ids=("jp",)), off) == {"no_rate_is_usable": "R89"}
    fallen_back = replace(off, catalogs={"spring": replace(CATALOG, shipping_group_ids=("eu",))})
    said = found(replace(LINK, shipping_group_ids=("jp",)), fallen_back)
    assert [finding.values.get("catalog") for finding in said] == [None, "Spring"]


@pytest.mark.rule("R133", "R134", "R136")
def test_every_currency_and_country_of_the_buyers_has_a_rate() -> None:
    [only] = found(replace(LINK, shipping_group_ids=("jp",)))
    assert only.code == "no_rate_for_buyers"
    assert only.values == {"currency": "EUR", "country": "FR", "buyers": 3, "catalog": None}
    assert found(replace(LINK, shipping_group_ids=("jp", "eu"))) == []
    assert found(replace(LINK, shipping_group_ids=("jp",), view_only=True)) == []


@pytest.mark.rule("R100", "R101", "R112")
@pytest.mark.parametrize(
    ("changed", "brand", "code"),
    [
        ({}, {"has_next_engine": True}, {"next_engine_needs_the_address": "R112"}),
        ({}, {}, {}),
        ({"address_shown": True}, {"has_next_engine": True}, {}),
        ({"view_only": True}, {"has_next_engine": True}, {}),
        (
            {"payment_methods": ("outside", "stripe")},
            {"has_next_engine": True, "can_take_cards": True},
            {"address_is_asked_for_cards": "R101"},
        ),
        (
            {"shipping_group_ids": ("jp", "eu")},
            {"has_next_engine": True},
            {"address_is_asked_for_shipping": "R100"},
        ),
    ],
)
def test_a_hidden_address_warns_and_never_blocks(
    changed: dict[str, Any], brand: dict[str, Any], code: dict[str, str]
) -> None:
    link = replace(LINK, **({"address_shown": False} | changed))
    assert codes(link, replace(BRAND, **brand)) == code
    assert all(finding.severity != BLOCKS for finding in found(link, replace(BRAND, **brand)))


@pytest.mark.rule("R113", "R121")
def test_stripe_without_the_add_on_blocks() -> None:
    [finding] = found(replace(LINK, payment_methods=("stripe",)))
    assert (finding.rule, finding.severity, finding.values["is_alone"]) == ("R113", BLOCKS, True)
    assert (
        found(replace(LINK, payment_methods=("stripe",)), replace(BRAND, can_take_cards=True)) == []
    )


@pytest.mark.rule("R58")
def test_products_without_a_price_are_counted_once_per_terms() -> None:
    rows = [
        MissingPrice(
            catalog_id=catalog, product_id=p, model_number=p, trade_term_id="w", currency="EUR"
        )
        for catalog, p in [("spring", "B"), ("spring", "A"), ("other", "C")]
    ]
    [finding] = found(LINK, replace(BRAND, missing=[*rows, rows[0]]))
    assert finding.code == "price_is_missing"
    assert finding.values == {
        "count": 2,
        "names": ["A", "B"],
        "trade_term": "Wholesale",
        "currency": "EUR",
        "buyers": 2,
        "product_id": "A",
    }


@pytest.mark.rule("R149", "R150")
def test_a_draft_lookbook_is_named_until_it_is_public() -> None:
    link = replace(LINK, lookbook_ids=("look",))
    assert found(link) == []
    draft = {"look": LookbookFacts(id="look", name="Look", status="draft")}
    assert codes(link, replace(BRAND, lookbooks=draft)) == {"lookbook_is_draft": "R149"}
    assert codes(link, replace(BRAND, lookbooks={})) == {"lookbook_deleted": "R148"}


@pytest.mark.rule("R34")
def test_a_brand_without_buyers_says_so() -> None:
    assert codes(LINK, replace(BRAND, terms=())) == {"no_buyers": "R34"}


@pytest.mark.rule("R71")
def test_a_limited_catalog_that_nobody_was_given_is_named() -> None:
    assert codes(LINK, brand_with(status="limited")) == {"catalog_for_nobody": "R71"}
    assert codes(LINK, brand_with(status="limited", has_grants=True)) == {}


def test_an_empty_catalog_is_named() -> None:
    assert codes(LINK, brand_with(products=0)) == {"catalog_empty": "R79"}


@pytest.mark.rule("R25", "R118", "R113", "R146")
@pytest.mark.parametrize(
    ("facts", "draft"),
    [
        (
            {"release_at": NOON + HOUR, "expires_at": NOON + HOUR},
            {"release_at": NOON + HOUR, "expires_at": NOON + HOUR},
        ),
        ({"payment_methods": ()}, {"payment_methods": ()}),
        ({"payment_methods": ("stripe",)}, {"payment_methods": ("stripe",)}),
        ({"background_kind": "image"}, {"background": Background("image")}),
        ({"background_kind": "video"}, {"background": Background("video")}),
    ],
)
def test_what_blocks_is_an_error_at_the_same_field(
    facts: dict[str, Any], draft: dict[str, Any]
) -> None:
    blocks = [f.field for f in found(replace(LINK, **facts)) if f.severity == BLOCKS]
    base = LinkDraft(name="x", catalog_ids=(), payment_methods=("outside",))
    errors = errors_in(
        replace(base, **draft),
        known_catalogs=[],
        known_lookbooks=[],
        rate_groups=[],
        can_take_cards=False,
    )
    assert blocks == [error.field for error in errors if error.field != "catalog_ids"]
    assert len(blocks) == 1
