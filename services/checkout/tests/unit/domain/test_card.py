"""Amounts as Stripe takes them, and when a brand can take cards at all."""

from dataclasses import replace
from uuid import UUID

import pytest

from checkout.domain.card import NotChargeable, is_chargeable, stripe_amount
from checkout.domain.late import CatalogNow, LinkNow, obstacle
from checkout.domain.payment import CardSettings, methods_in_force
from common.money import Money

READY = CardSettings(
    add_on=True,
    account_id="acct_1",
    details_submitted=True,
    charges_enabled=True,
    payouts_enabled=True,
    commerce_page_url="https://nord.example/tokushoho",
)
CATALOG, OTHER = UUID(int=1), UUID(int=2)
OPEN = LinkNow(state="open", view_only=False)


@pytest.mark.rule("R124", "R64")
@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (14264, "JPY", 14264),
        (4000, "EUR", 4000),
        (5120, "KWD", 5120),
        (1200, "ISK", 120000),
        (1200, "UGX", 120000),
        (1050, "KRW", 1050),
        (10, "TND", 10),
    ],
)
def test_amounts_are_written_as_stripe_counts_them(
    minor: int, currency: str, expected: int
) -> None:
    assert stripe_amount(Money(minor, currency)) == expected


@pytest.mark.rule("R124")
@pytest.mark.parametrize(
    ("minor", "currency"), [(5124, "KWD"), (1, "BHD"), (0, "JPY"), (-5, "USD")]
)
def test_what_stripe_cannot_charge_exactly_is_refused_not_rounded(
    minor: int, currency: str
) -> None:
    assert not is_chargeable(Money(minor, currency))
    with pytest.raises(NotChargeable):
        stripe_amount(Money(minor, currency))


@pytest.mark.rule("R119")
@pytest.mark.parametrize(
    ("lost", "missing"),
    [
        ({"account_id": None}, "account"),
        ({"details_submitted": False}, "application"),
        ({"charges_enabled": False}, "charges"),
        ({"payouts_enabled": False}, "payouts"),
        ({"commerce_page_url": None}, "commerce_page"),
    ],
)
def test_each_thing_that_stripe_needs_is_needed(lost: dict[str, object], missing: str) -> None:
    settings = replace(READY, **lost)  # type: ignore[arg-type]
    assert READY.can_take_cards
    assert settings.missing == (missing,)
    assert not settings.can_take_cards


@pytest.mark.rule("R113", "R114", "R121")
def test_stripe_is_offered_only_while_the_add_on_is_active() -> None:
    assert not replace(READY, add_on=False).can_take_cards
    both = ["stripe", "outside"]
    assert methods_in_force(both, can_take_cards=False) == ("outside",)
    assert methods_in_force(both, can_take_cards=True) == ("outside", "stripe")
    assert methods_in_force(["stripe"], can_take_cards=False) == ()


def catalog(status: str = "open", *, is_granted: bool = True) -> CatalogNow:
    return CatalogNow(catalog_id=CATALOG, status=status, is_granted=is_granted)


@pytest.mark.rule("D21")
@pytest.mark.parametrize(
    ("link", "catalogs", "reason"),
    [
        (OPEN, [catalog()], None),
        (OPEN, [catalog(is_granted=False)], None),
        (OPEN, [catalog("limited")], None),
        (replace(OPEN, state="expired"), [catalog()], None),
        (replace(OPEN, state="not_yet_released"), [catalog()], None),
        (replace(OPEN, state="void"), [catalog()], "link_void"),
        (replace(OPEN, state="deleted"), [catalog()], "link_deleted"),
        (replace(OPEN, view_only=True), [catalog()], "link_view_only"),
        (OPEN, [catalog("closed")], "catalog_closed"),
        (OPEN, [catalog("limited", is_granted=False)], "grant_revoked"),
        (OPEN, [replace(catalog(), catalog_id=OTHER)], "catalog_deleted"),
        (OPEN, [], "catalog_deleted"),
    ],
)
def test_only_these_changes_close_a_payment_page(
    link: LinkNow, catalogs: list[CatalogNow], reason: str | None
) -> None:
    assert obstacle(link, catalogs, ordered=[CATALOG]) == reason
