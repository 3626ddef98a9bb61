"""When a checkout asks for an address, and which prefecture somebody wrote."""

import pytest

from checkout.domain.address import address_need
from checkout.domain.prefectures import prefecture_of, prefectures


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


def test_there_are_47_prefectures_north_to_south() -> None:
    assert len(prefectures()) == 47
    assert (prefectures()[0].key, prefectures()[-1].key) == ("北海道", "沖縄県")


def test_a_prefecture_is_known_by_three_spellings() -> None:
    assert prefecture_of("東京") == prefecture_of(" tokyo ") == prefecture_of("東京都") == "東京都"
    assert prefecture_of("京都") == "京都府"
    assert prefecture_of("Bavaria") is None
