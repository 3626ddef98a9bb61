"""How addresses are read, and when they are asked for."""

import pytest

from checkout.domain.address import IncompleteAddress, address_need, read_address
from checkout.domain.countries import COUNTRIES, format_of
from checkout.domain.prefectures import PREFECTURES, prefecture_of

JAPANESE = {
    "country": "JP",
    "addressee": "青山 花子",
    "zip": "107-0062",
    "state": "東京都",
    "city": "港区",
    "line1": "南青山5-1-1",
    "line2": "",
    "phone": "03-1234-5678",
}
AMERICAN = JAPANESE | {"country": "US", "zip": "11201", "state": "NY", "city": "Brooklyn"}


class TestReadAddress:
    @pytest.mark.parametrize(
        "typed",
        ["1070062", "107-0062", "１０７００６２", "１０７－００６２", "〒107−0062", "107ー0062"],
    )
    def test_a_japanese_code_may_be_typed_in_any_digits_and_hyphens(self, typed: str) -> None:
        assert read_address(JAPANESE | {"zip": typed}).zip == "107-0062"

    @pytest.mark.rule("R106", "R108")
    @pytest.mark.parametrize("part", ["addressee", "zip", "state", "city", "line1", "phone"])
    def test_every_part_that_japan_has_is_required(self, part: str) -> None:
        with pytest.raises(IncompleteAddress) as refused:
            read_address(JAPANESE | {part: " 　 "})
        assert [error.field for error in refused.value.errors] == [part]

    @pytest.mark.rule("R108")
    def test_parts_that_a_country_has_not_are_not_required(self) -> None:
        british = JAPANESE | {"country": "GB", "zip": "SW1A 1AA", "state": "", "city": "London"}
        hong_kong = JAPANESE | {"country": "HK", "zip": "", "state": "", "city": "Kowloon"}
        singapore = JAPANESE | {"country": "SG", "zip": "018956", "state": "", "city": ""}
        for given in (british, hong_kong, singapore):
            assert read_address(given).country == given["country"]

    @pytest.mark.parametrize(
        ("part", "value"),
        [("zip", "107-006"), ("state", "Bavaria"), ("phone", "call me"), ("country", "XX")],
    )
    def test_a_wrong_form_names_its_part(self, part: str, value: str) -> None:
        with pytest.raises(IncompleteAddress) as refused:
            read_address(JAPANESE | {part: value})
        assert part in [error.field for error in refused.value.errors]

    def test_american_codes_have_five_or_nine_digits(self) -> None:
        assert read_address(AMERICAN | {"zip": "11201-1234"}).zip == "11201-1234"
        with pytest.raises(IncompleteAddress):
            read_address(AMERICAN | {"zip": "1120"})

    def test_line_breaks_and_decomposed_kana_are_tidied(self) -> None:
        typed = JAPANESE | {"line1": "テ\u3099ン\r\nビル", "phone": "０３－１２３４－５６７８"}
        address = read_address(typed)
        assert address.line1 == "デン ビル"
        assert address.phone == "03-1234-5678"

    def test_too_long_is_said_before_next_engine_would(self) -> None:
        with pytest.raises(IncompleteAddress) as refused:
            read_address(JAPANESE | {"addressee": "あ" * 101})
        assert [error.code for error in refused.value.errors] == ["too_long"]


class TestAddressNeed:
    @pytest.mark.rule("R98", "R99", "R100", "R101", "R102", "R103")
    @pytest.mark.parametrize(
        ("shown", "shipping", "stripe", "is_shown", "rule"),
        [
            (True, False, False, True, "R98"),
            (False, False, False, False, "R99"),
            (False, True, False, True, "R100"),
            (True, True, False, True, "R100"),
            (False, False, True, True, "R101"),
            (True, False, True, True, "R101"),
            (False, True, True, True, "R100"),
            (True, True, True, True, "R100"),
        ],
    )
    def test_each_cause_alone_forces_it_else_the_toggle_decides(
        self, shown: bool, shipping: bool, stripe: bool, is_shown: bool, rule: str
    ) -> None:
        need = address_need(shown=shown, shipping_applies=shipping, stripe_in_force=stripe)
        assert (need.is_shown, need.rule) == (is_shown, rule)


def test_there_are_47_prefectures_known_by_three_spellings() -> None:
    assert len(PREFECTURES) == 47
    assert prefecture_of("東京") == prefecture_of(" tokyo ") == prefecture_of("東京都") == "東京都"
    assert prefecture_of("京都") == "京都府"
    assert prefecture_of("Bavaria") is None


def test_every_country_has_a_format_with_at_least_name_street_and_phone() -> None:
    for country in COUNTRIES:
        assert {"addressee", "line1", "phone"} <= set(format_of(country).required)
