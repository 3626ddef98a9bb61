"""Documents as PDF: their Japanese is in them, whatever the machine has."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from common.errors import Unavailable
from common.pdf import FONTS, set_document
from common.pdf.apart import set_apart

PAGE = """#let d = json(bytes(sys.inputs.said))
#set text(font: "Noto Sans JP", fallback: false)
#d.words #strong(d.words)
"""


def test_japanese_is_set_in_a_subset_of_our_own_font(tmp_path: Path) -> None:
    source = tmp_path / "page.typ"
    source.write_text(PAGE)
    content = set_document(source, said={"words": "髙島屋 ㈱ 〒 #panic()"})
    assert content.startswith(b"%PDF-")
    names = set(re.findall(rb"/FontName ?/[A-Z]{6}\+(NotoSansJP-\w+)", content))
    assert names == {b"NotoSansJP-Regular", b"NotoSansJP-Bold"}
    assert len(content) < 60_000, "a subset, not five megabytes"


def test_a_jpeg_lies_beside_the_page_and_goes_in_as_it_is(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.effect_noise((40, 50), 60).save(picture, "JPEG")
    source = tmp_path / "page.typ"
    source.write_text("#image(json(bytes(sys.inputs.said)).name)")
    content = set_apart(source, pictures={"a.jpg": picture.getvalue()}, said={"name": "a.jpg"})
    assert content.count(b"/DCTDecode") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["page.typ"]


def test_what_cannot_be_set_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "page.typ"
    source.write_text("#while true { }")
    with pytest.raises(Unavailable):
        set_apart(source, pictures={}, said={})


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE").read_text()
