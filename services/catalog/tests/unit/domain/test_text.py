"""Which language a text is said in."""

import pytest

from catalog.domain.text import in_language


@pytest.mark.rule("R62")
@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"fr": "Veste", "en": "Jacket"}, "Veste"),
        ({"en": "Jacket", "ja": "ジャケット"}, "Jacket"),
        ({"fr": "", "en": "Jacket"}, "Jacket"),
        ({"ja": "ジャケット"}, "ジャケット"),
        ({}, ""),
    ],
)
def test_a_missing_text_falls_back_to_the_makers_language(texts: dict[str, str], said: str) -> None:
    assert in_language(texts, "fr", default="en") == said
