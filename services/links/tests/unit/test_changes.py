"""Where two versions of a link differ."""

from dataclasses import replace
from uuid import uuid4

import pytest

from links.domain.changes import changed_fields
from links.domain.link_rules import LinkDraft
from links.domain.media import Background, Video
from links.domain.passcode import PasscodeWish

SAVED = LinkDraft(name="Spring", catalog_ids=(uuid4(),), payment_methods=("outside",))


def test_the_same_link_differs_in_nothing() -> None:
    assert list(changed_fields(SAVED, replace(SAVED, name=" Spring "))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Autumn"),
        ("view_only", True),
        ("catalog_ids", ()),
        ("videos", (Video(url="https://player.vimeo.com/video/1"),)),
        ("background", Background("video", "https://player.vimeo.com/video/1")),
        ("passcode", PasscodeWish(True, "spring-27")),
        ("contacts", ({"email": "a@b.example"},)),
    ],
)
def test_each_field_is_named(field: str, value: object) -> None:
    assert list(changed_fields(SAVED, replace(SAVED, **{field: value}))) == [field]  # type: ignore[arg-type]


def test_a_passcode_that_stays_is_no_difference() -> None:
    saved = replace(SAVED, passcode=PasscodeWish(True, None))
    assert list(changed_fields(saved, saved)) == []
    assert list(changed_fields(saved, replace(saved, passcode=PasscodeWish(True, "new")))) == [
        "passcode"
    ]
