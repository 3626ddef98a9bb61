"""See it as…: staff's look at a buyer's page goes through every service and leaves nothing behind."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from tests.integration.attacks import staff_browser

from devstack.demo.browser import Browser
from devstack.world import cast

pytestmark = pytest.mark.journey


@pytest.fixture
def staff(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = staff_browser(world, cast.OWNER)
    yield browser
    browser.close()


def look(staff: Browser, link: cast.Link, buyer: cast.Buyer, *, status: int = 200) -> str:
    """See the link as that buyer now; return the preview's token."""
    staff.open(f"/links/{link.id}/preview?q={buyer.unique_code}")
    staff.form("See it").check(buyer.name).press(status=status)
    return staff.path.split("/")[2]


@pytest.mark.rule("R56", "R95")
def test_staff_sees_the_buyers_shop_and_can_order_nothing(staff: Browser) -> None:
    token = look(staff, cast.OPEN, cast.BROOKLYN)
    assert staff.path == f"/shop/{token}"
    staff.expect(f"You see this as {cast.BROOKLYN.name}", "prices in USD")
    staff.open(f"/cart/{token}").expect("What this buyer could do here")
    staff.open(f"/checkout/{token}").expect("What this buyer could do here")
    line = {"catalog_id": str(cast.OPEN.id), "sku_id": str(cast.OPEN.id), "quantity": 1}
    refused = staff.put_json(f"/cart/{token}/lines", line)
    assert (refused.status_code, refused.json()["code"]) == (403, "preview_is_for_looking")


@pytest.mark.rule("R203")
def test_another_browser_is_sent_to_sign_in(staff: Browser, world: Mapping[str, Any]) -> None:
    token = look(staff, cast.OPEN, cast.AOYAMA)
    with httpx.Client(base_url=world["gateway"]) as stranger:
        for path in (f"/l/{token}", f"/shop/{token}", f"/cart/{token}", f"/checkout/{token}"):
            reply = stranger.get(path)
            assert reply.headers["location"].split("?")[0].endswith("/signin"), path
            assert cast.AOYAMA.name not in reply.text


def test_a_link_that_is_over_shows_its_gate(staff: Browser) -> None:
    look(staff, cast.EXPIRED, cast.AOYAMA, status=410)
    staff.expect(f"You see this as {cast.AOYAMA.name}", "This link has expired.")


@pytest.mark.rule("R27")
def test_a_passcode_is_shown_and_what_comes_behind_it(staff: Browser) -> None:
    token = look(staff, cast.GUARDED, cast.AOYAMA)
    assert staff.path == f"/l/{token}"
    staff.expect(f"You see this as {cast.AOYAMA.name}", "Enter the passcode")
    staff.form("Continue").fill("Passcode", "whatever").press(status=403)
    staff.open(f"/l/{token}").follow("Go on to what comes behind it")
    assert staff.path == f"/shop/{token}"
    staff.expect(f"You see this as {cast.AOYAMA.name}", "Catalogs")
