"""Chromium for the browser tests; where there is none they are reported as not run."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from devstack.demo.chromium import find_chromium, running_chromium

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NewContext = Callable[[str], BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if find_chromium() is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium on this machine, and REQUIRE_BROWSER=1 demands one.")
        pytest.skip("not run: no Chromium on this machine")
    with running_chromium() as browser:
        yield browser


@pytest.fixture(params=["desktop", "phone"])
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(new_context: NewContext, screen: str) -> BrowserContext:
    """Give a fresh browser of the size under test."""
    return new_context(screen)


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[NewContext]:
    """Give a function that opens a fresh browser, "desktop" or "phone"; a script error fails the
    test."""
    errors: list[str] = []
    made: list[BrowserContext] = []

    def make(screen: str) -> BrowserContext:
        is_phone = screen == "phone"
        context = chromium.new_context(
            viewport=PHONE if is_phone else DESKTOP,  # type: ignore[arg-type]
            has_touch=is_phone,
            locale="en-GB",
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(30_000)
        expect.set_options(timeout=20_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        made.append(context)
        return context

    yield make
    for each in made:
        each.close()
    assert not errors
