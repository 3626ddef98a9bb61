"""What a link allows and what its catalogs allow are two things (R30, R31)."""

from collections.abc import Mapping
from typing import Any

import pytest

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, see_catalogs, sign_in_buyer
from devstack.demo.staff import sign_in_staff
from devstack.world import cast

pytestmark = pytest.mark.journey


def enter(world: Mapping[str, Any], buyer: cast.Buyer) -> tuple[Browser, str]:
    """Sign in on the link that names every catalog, open all the time."""
    link = world["links"]["every_catalog"]
    browser = Browser(world["gateway"])
    way = SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
    sign_in_buyer(browser, url=link["url"], way=way)
    return browser, link["token"]


@pytest.mark.rule("R31", "R68", "R71", "R73", "R74")
def test_an_open_link_shows_of_each_catalog_what_the_catalog_allows(
    world: Mapping[str, Any],
) -> None:
    browser, token = enter(world, cast.BROOKLYN)
    cells = {path.rsplit("/", 1)[1]: grid for path, grid in see_catalogs(browser, token).items()}
    assert set(cells) == {str(c.id) for c in (cast.WOMEN, cast.MEN, cast.ARCHIVE)}
    assert cells[str(cast.WOMEN.id)]
    assert not cells[str(cast.ARCHIVE.id)]
    browser.open(f"/shop/{token}/catalogs/{cast.ARCHIVE.id}").expect("order deadline")
    for hidden in (cast.NEXT, cast.SAMPLES, cast.ATELIER):
        browser.open(f"/shop/{token}/catalogs/{hidden.id}", status=404)
    granted, token = enter(world, cast.AOYAMA)
    assert any(str(cast.ATELIER.id) in path for path in see_catalogs(granted, token))


@pytest.mark.rule("R30", "R87")
def test_editing_a_links_limits_leaves_its_catalogs_alone(world: Mapping[str, Any]) -> None:
    staff = Browser(world["gateway"])
    person = world["staff"][0]
    sign_in_staff(staff, email=person["email"], password=person["password"])
    before = staff.get_json("/api/catalog/v1/catalogs")
    path = f"/links/{cast.ALL.id}/edit"
    form = staff.open(path).form("Save").check("Expiration Date")
    form.fill("Expiration date and time", "2031-01-01T09:00").press()
    shown = staff.get_json(f"/api/links/v1/links/{cast.ALL.id}")
    assert shown["expires_at"] is not None
    assert staff.get_json("/api/catalog/v1/catalogs") == before
    staff.open(path).form("Save").check("Expiration Date", on=False).press()
    assert staff.get_json(f"/api/links/v1/links/{cast.ALL.id}")["expires_at"] is None
