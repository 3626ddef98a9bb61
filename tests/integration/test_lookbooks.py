"""A link names lookbooks, catalog says which of them a buyer may see at each visit."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text

from common.db import Database
from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, sign_in_buyer
from devstack.testing.any_stack import AnyStack
from devstack.world import cast

pytestmark = pytest.mark.journey
PAGES_LAG_SECONDS = 2.5


@pytest.fixture
def catalog(stack: AnyStack) -> Iterator[Database]:
    database = Database(stack.environment("catalog")["DATABASE_URL"])
    yield database
    database.close()


def set_status(catalog: Database, status: str) -> None:
    with catalog.transaction(cast.MAKER_ID) as session:
        given = {"status": status, "id": cast.DRAFT_LOOKBOOK_ID}
        session.execute(text("update lookbooks set status = :status where id = :id"), given)
    time.sleep(PAGES_LAG_SECONDS)


@pytest.mark.rule("R148", "R149", "R150")
def test_a_draft_reaches_the_buyer_once_it_is_public_and_goes_again(
    catalog: Database, world: Mapping[str, Any]
) -> None:
    browser, token = Browser(world["gateway"]), cast.OPEN.token
    way = SignIn("brand_credentials", cast.GINZA.unique_code, str(cast.GINZA.passcode))
    sign_in_buyer(browser, url=world["links"]["open"]["url"], way=way)
    address = f"/shop/{token}/lookbooks/{cast.DRAFT_LOOKBOOK_ID}"
    public = f"/shop/{token}/lookbooks/{cast.LOOKBOOK_ID}"
    seen = [shown(browser, token, address, public)]
    browser.open(address, status=404)
    try:
        set_status(catalog, "public")
        seen.append(shown(browser, token, address, public))
        browser.open(address)
    finally:
        set_status(catalog, "draft")
    seen.append(shown(browser, token, address, public))
    assert seen == [(False, True), (True, True), (False, True)]
    browser.close()


def shown(browser: Browser, token: str, *addresses: str) -> tuple[bool, ...]:
    """Say which of these the link's first page leads to."""
    page = browser.open(f"/shop/{token}").page
    links = {str(a["href"]) for a in page.select("a[href]")}
    return tuple(address in links for address in addresses)
