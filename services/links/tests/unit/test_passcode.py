"""What a passcode must be, and what is compared."""

import pytest

from links.domain.passcode import PasscodeWish, normal, wish_errors


@pytest.mark.rule("D1", "R27")
@pytest.mark.parametrize(
    ("wish", "has_one", "code"),
    [
        (PasscodeWish(), False, None),
        (PasscodeWish(is_on=False, typed="x"), True, None),
        (PasscodeWish(is_on=True), True, None),
        (PasscodeWish(is_on=True), False, "required"),
        (PasscodeWish(is_on=True, typed="abc"), True, "length"),
        (PasscodeWish(is_on=True, typed="   a  "), True, "length"),
        (PasscodeWish(is_on=True, typed="x" * 65), True, "length"),
        (PasscodeWish(is_on=True, typed="ab\x00cd"), False, "unreadable"),
        (PasscodeWish(is_on=True, typed="spring-27"), False, None),
    ],
)
def test_a_passcode_has_4_to_64_characters(
    wish: PasscodeWish, has_one: bool, code: str | None
) -> None:
    assert [error.code for error in wish_errors(wish, has_one=has_one)] == ([code] if code else [])


@pytest.mark.rule("R27")
def test_wide_digits_and_blanks_around_do_not_matter() -> None:
    assert normal(" ＳＳ２７ー１ ") == normal("SS27ー1")
    assert normal("Spring") != normal("spring")
