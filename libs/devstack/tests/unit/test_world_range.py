"""The demo world's products speak to readers of both its languages."""

import re

import pytest

from devstack.world.range import STYLES, Style

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.number)
def test_a_category_is_read_in_both_languages(style: Style) -> None:
    english, _, japanese = style.category.partition(" / ")
    assert english.isascii()
    assert JAPANESE.search(japanese)
