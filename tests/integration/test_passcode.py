"""The link's passcode and the buyer's own are two values: neither opens what the other guards."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, sign_in_buyer
from devstack.world import cast

pytestmark = pytest.mark.journey
TOKEN = cast.GUARDED.token
ENTER = "Continue"
SIGN_IN = "Login with Brand-Specific Credentials"


@pytest.fixture
def browser(world: Mapping[str, Any]) -> Iterator[Browser]:
    made = Browser(world["gateway"])
    yield made
    made.close()


@pytest.mark.rule("R27", "R29", "R33", "D1")
def test_the_buyers_passcode_does_not_open_the_link_nor_the_links_the_buyer(
    browser: Browser,
) -> None:
    gate = browser.open(f"/l/{TOKEN}").form(ENTER)
    gate.fill("Passcode", str(cast.GINZA.passcode)).press(status=422)
    assert browser.open(f"/signin/{TOKEN}").address.endswith(f"/l/{TOKEN}")
    assert browser.open(f"/shop/{TOKEN}").address.endswith(f"/l/{TOKEN}")
    browser.form(ENTER).fill("Passcode", str(cast.GUARDED.passcode)).press()
    assert browser.address.endswith(f"/signin/{TOKEN}")
    form = browser.form(SIGN_IN).fill("Unique code", cast.GINZA.unique_code)
    form.fill("Passcode", str(cast.GUARDED.passcode)).press(status=401)
    form = browser.form(SIGN_IN).fill("Unique code", cast.GINZA.unique_code)
    form.fill("Passcode", str(cast.GINZA.passcode)).press()
    assert browser.address.endswith(f"/shop/{TOKEN}")


@pytest.mark.rule("R27", "R33")
def test_another_browser_is_asked_itself_and_another_link_is_not_opened(
    browser: Browser, world: Mapping[str, Any]
) -> None:
    browser.open(f"/l/{TOKEN}").form(ENTER).fill("Passcode", str(cast.GUARDED.passcode)).press()
    assert browser.open(f"/l/{TOKEN}").address.endswith(f"/signin/{TOKEN}")
    other = Browser(world["gateway"])
    assert other.open(f"/signin/{TOKEN}").address.endswith(f"/l/{TOKEN}")
    way = SignIn("brand_credentials", cast.GINZA.unique_code, str(cast.GINZA.passcode))
    sign_in_buyer(other, url=world["links"]["open"]["url"], way=way)
    assert other.open(f"/shop/{TOKEN}").address.endswith(f"/l/{TOKEN}")
    other.close()
