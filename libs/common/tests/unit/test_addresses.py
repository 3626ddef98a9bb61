"""Addresses by country: what must be given, and how people type it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.addresses import (
    IncompleteAddress,
    country_names,
    format_of,
    is_country,
    parcel_lines,
    read_address,
    written_lines,
)

TOKYO = {
    "country": "JP",
    "addressee": "ブティック青山",
    "zip": "107-0062",
    "state": "東京都",
    "city": "港区",
    "line1": "南青山5-1-1",
    "phone": "03-1234-5678",
}


def wrong_fields(**given: str) -> set[str]:
    with pytest.raises(IncompleteAddress) as refused:
        read_address(given)
    return {error.field for error in refused.value.errors}


@pytest.mark.parametrize(
    "typed",
    ["1070062", "107-0062", "１０７−００６２", "〒107ー0062", " 107 0062 ", "１０７‐００６２"],
)
def test_a_japanese_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_address({**TOKYO, "zip": typed}).zip == "107-0062"


@pytest.mark.parametrize("typed", ["東京都", "東京", "Tokyo", "TOKYO"])
def test_a_prefecture_has_several_names_and_one_spelling(typed: str) -> None:
    assert read_address({**TOKYO, "state": typed}).state == "東京都"


@pytest.mark.rule("R108")
@pytest.mark.parametrize(
    ("country", "required"),
    [
        ("JP", {"addressee", "zip", "state", "city", "line1", "phone"}),
        ("US", {"addressee", "zip", "state", "city", "line1", "phone"}),
        ("FR", {"addressee", "zip", "city", "line1", "phone"}),
        ("SG", {"addressee", "zip", "line1", "phone"}),
        ("AE", {"addressee", "state", "line1", "phone"}),
        ("HK", {"addressee", "state", "line1", "phone"}),
    ],
)
def test_what_a_countrys_addresses_have_is_required(country: str, required: set[str]) -> None:
    assert wrong_fields(country=country) == required
    assert required - {"phone"} == format_of(country).required - {"phone"}


def test_a_part_the_country_does_not_have_is_dropped() -> None:
    paris = {
        "addressee": "A",
        "zip": "75001",
        "city": "Paris",
        "line1": "1 Rue X",
        "phone": "0123456",
    }
    assert read_address({"country": "FR", "state": "Île", **paris}).state == ""


def test_what_is_optional_may_be_left_out() -> None:
    assert read_address({**TOKYO, "phone": ""}, optional=frozenset({"phone"})).phone == ""


@pytest.mark.parametrize(
    ("part", "value"),
    [("zip", "12"), ("phone", "call me"), ("state", "Bavaria"), ("addressee", "x" * 101)],
)
def test_what_has_not_its_form_is_named(part: str, value: str) -> None:
    assert wrong_fields(**{**TOKYO, part: value}) == {part}


@pytest.mark.parametrize("country", ["", "XX", "ZZ", "jp?", "../us"])
def test_no_country_is_no_address(country: str) -> None:
    assert wrong_fields(**{**TOKYO, "country": country}) == {"country"}


def test_countries_are_named_in_the_readers_language() -> None:
    assert ("JP", "日本") in country_names("ja")
    assert ("JP", "Japan") in country_names("en")
    assert len(country_names("en")) > 200


def test_states_are_named_in_the_readers_language() -> None:
    tokyo = next(state for state in format_of("JP").states if state.key == "東京都")
    assert (tokyo.name_in("ja"), tokyo.name_in("en")) == ("東京都", "Tokyo")
    assert format_of("JP").parts[:4] == ("addressee", "zip", "state", "city")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([code for code, _ in country_names("en")]))
def test_every_country_has_a_format_with_what_it_requires(country: str) -> None:
    assert is_country(country)
    assert format_of(country).required <= set(format_of(country).parts)


def test_american_codes_have_five_or_nine_digits() -> None:
    new_york = {**TOKYO, "country": "US", "zip": "11201-1234", "state": "New York"}
    assert read_address(new_york).state == "NY"
    assert wrong_fields(**{**new_york, "zip": "1120"}) == {"zip"}


def test_line_breaks_and_decomposed_kana_are_tidied() -> None:
    address = read_address(
        {**TOKYO, "line1": "テ\u3099ン\r\nビル", "phone": "０３－１２３４－５６７８"}
    )
    assert (address.line1, address.phone) == ("デン ビル", "03-1234-5678")


@pytest.mark.rule("R106", "R108")
@pytest.mark.parametrize("part", ["addressee", "zip", "state", "city", "line1", "phone"])
def test_blanks_fill_nothing_in(part: str) -> None:
    assert wrong_fields(**{**TOKYO, part: " 　 "}) == {part}


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({}, ["〒107-0062", "東京都港区南青山5-1-1", "青山ビル3F", "ブティック青山"]),
        (
            {"country": "US", "state": "NY", "city": "Brooklyn", "zip": "11211"},
            ["Shop", "184 Kent Ave", "Floor 2", "Brooklyn, NY 11211"],
        ),
        (
            {"country": "DE", "state": "", "city": "Berlin", "zip": "10115"},
            ["Shop", "184 Kent Ave", "Floor 2", "10115 Berlin"],
        ),
        (
            {"country": "AE", "state": "أبو ظبي", "city": "", "zip": ""},
            ["Shop", "184 Kent Ave", "Floor 2", "Abu Dhabi"],
        ),
        (
            {"country": "US", "state": "", "city": "Brooklyn", "zip": ""},
            ["Shop", "184 Kent Ave", "Floor 2", "Brooklyn"],
        ),
        (
            {"country": "XX", "state": "", "city": "Nowhere", "zip": "1"},
            ["Shop", "184 Kent Ave", "Floor 2", "Nowhere 1"],
        ),
    ],
)
def test_an_address_is_written_as_its_country_writes_it(
    changed: dict[str, str], lines: list[str]
) -> None:
    abroad = {"addressee": "Shop", "line1": "184 Kent Ave", "line2": "Floor 2"}
    address = {**TOKYO, "line2": "青山ビル3F", **(abroad if changed else {}), **changed}
    assert written_lines(address) == lines


def test_an_address_abroad_ends_with_its_country_in_the_readers_language() -> None:
    abroad = {"addressee": "Ann", "line1": "1 Way", "country": "US", "city": "Brooklyn"}
    assert parcel_lines(abroad, "en") == ["Ann", "1 Way", "Brooklyn", "United States"]
    assert parcel_lines(abroad, "ja")[-1] == "アメリカ合衆国"
    assert parcel_lines(TOKYO, "en") == written_lines(TOKYO)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([code for code, _ in country_names("en")]))
def test_no_part_that_was_given_is_lost_in_writing(country: str) -> None:
    known = format_of(country)
    state = known.states[0].key if known.states else "Stately"
    parts = {"addressee": "Ann", "zip": "12345", "state": state, "city": "Townly", "line1": "1 Way"}
    given_parts = {name: text for name, text in parts.items() if known.has(name)}
    written = " ".join(written_lines({"country": country, **given_parts}))
    names = {state, *([known.states[0].latin_name] if known.states else [])}
    for name, text in given_parts.items():
        assert any(n in written for n in names) if name == "state" else text in written
