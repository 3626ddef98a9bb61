from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from links.domain.link_rules import LinkDraft, RateGroup, errors_in

CATALOG, LOOKBOOK = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GOOD = LinkDraft(name="Spring", catalog_ids=(CATALOG,), payment_methods=("outside",))
JAPAN = RateGroup("jp", "JPY", "JP")
EVERYWHERE = RateGroup("all", "JPY", None)


def errors(draft: LinkDraft, *, cards: bool = False) -> dict[str, str]:
    found = errors_in(
        draft,
        known_catalogs=[CATALOG],
        known_lookbooks=[LOOKBOOK],
        rate_groups=[JAPAN, EVERYWHERE],
        can_take_cards=cards,
    )
    return {error.field: error.code for error in found}


def row(group: str, currency: str = "JPY", country: str | None = "JP") -> dict[str, str | None]:
    return {"currency": currency, "country": country, "rate_group_id": group}


def test_a_name_a_catalog_and_a_payment_method_are_enough() -> None:
    assert errors(GOOD) == {}


@pytest.mark.rule("R3", "R118")
def test_each_missing_part_is_named_at_its_field() -> None:
    empty = LinkDraft(name=" ")
    assert errors(empty) == {
        "name": "required",
        "catalog_ids": "required",
        "payment_methods": "R118",
    }


@pytest.mark.rule("R118")
def test_a_view_only_link_needs_no_payment_method() -> None:
    assert errors(replace(GOOD, payment_methods=(), view_only=True)) == {}


@pytest.mark.rule("R25")
@pytest.mark.parametrize("minutes", [0, -1])
def test_an_expiration_not_after_the_release_is_refused(minutes: int) -> None:
    over = NOON.replace(minute=30 + minutes)
    draft = replace(GOOD, release_at=NOON.replace(minute=30), expires_at=over)
    assert errors(draft) == {"expires_at": "R25"}


@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_limit_outside_the_calendars_of_trade_is_refused(at: datetime) -> None:
    assert errors(replace(GOOD, release_at=at)) == {"release_at": "out_of_range"}
    assert errors(replace(GOOD, expires_at=at)) == {"expires_at": "out_of_range"}


@pytest.mark.rule("R152", "R153")
def test_every_contact_has_its_own_errors() -> None:
    contacts = ({"first_name": "Mika"}, {"email": "nowhere"}, {"note": "x" * 201})
    assert errors(replace(GOOD, contacts=contacts)) == {
        "contacts.1.email": "invalid",
        "contacts.2.note": "too_long",
    }


@pytest.mark.rule("R153")
@pytest.mark.parametrize("email", ["nora@", "@nord.example", "nora@nord", "no ra@nord.example"])
def test_a_contact_is_reached_at_a_complete_address(email: str) -> None:
    draft = replace(GOOD, contacts=({"email": email},))
    assert errors(draft) == {"contacts.0.email": "invalid"}
    assert errors(replace(GOOD, contacts=({"email": "nora@mail.nord.example"},))) == {}


@pytest.mark.rule("R113", "R114")
def test_cards_need_the_add_on() -> None:
    draft = replace(GOOD, payment_methods=("stripe",))
    assert errors(draft) == {"payment_methods": "R113"}
    assert errors(draft, cards=True) == {}


@pytest.mark.rule("R131", "R132", "R133", "R134")
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), None),
        ((row("jp"),), None),
        ((row("all"),), None),
        ((row("gone"),), "R132"),
        ((row("jp", currency="USD"),), "R134"),
        ((row("jp", country="US"),), "R134"),
        ((row("jp", country=None),), "R134"),
        ((row("jp"), row("all")), "D16"),
    ],
)
def test_a_shipping_row_fits_its_rate_group(rows: tuple[dict[str, str]], code: str | None) -> None:
    assert errors(replace(GOOD, shipping_rows=rows)).get("shipping_rows") == code


def test_what_the_brand_does_not_have_cannot_be_selected() -> None:
    draft = replace(GOOD, catalog_ids=(UUID(int=9),), lookbook_ids=(UUID(int=9),))
    assert errors(draft) == {"catalog_ids": "unknown", "lookbook_ids": "unknown"}
