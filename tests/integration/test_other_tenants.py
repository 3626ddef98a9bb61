"""Every endpoint of every service, asked with ids that are another brand's or another buyer's."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.integration.attacks import PARAMETER, Route, buyer_browser, client, staff_browser
from tests.integration.treasure import LEA, SOURCES, Treasure, add_lea, bury_treasure

from common.ids import new_id
from devstack.demo.browser import Browser
from devstack.demo.buyer import check_out, fill_cell, see_catalogs
from devstack.demo.consequences import wait_for
from devstack.testing.any_stack import AnyStack
from devstack.world import cast

pytestmark = pytest.mark.journey
TOKEN = cast.STAYS.token
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
SECRETS_OF_BUYERS = {"buyer_id", "address_id", "session_id", "order_id", "checkout_id"}
SECRETS_OF_BUYERS |= {"organisation_id", "member_id", "payment_id", "message_id", "import_id"}
SECRETS_OF_BUYERS |= {"sheet_id"}
"""A buyer may see catalogs, products and lookbooks of its link's brand."""
KNOWN = SOURCES.keys() | {"brand_id", "invitation_id", "visit_id"}
"""Invitations onto a team are its maker's; a visit to NEXT ENGINE is kept by its own session."""
MAKERS_OWN = ("/team/",)
"""All of a maker's admins keep its team."""


@pytest.fixture(scope="module")
def treasure(stack: AnyStack, world: Mapping[str, Any], make_buyer: Any) -> Treasure:
    """Let NORD have an order, a session and what the demo world gives it."""
    buyer = buyer_browser(world, make_buyer())
    cell = next(cell for cells in see_catalogs(buyer, TOKEN).values() for cell in cells)
    fill_cell(buyer, TOKEN, cell, 2)
    check_out(buyer, TOKEN, address={})
    add_lea(stack)

    def look() -> Treasure | None:
        found = bury_treasure(stack)
        return found if "message_id" in found.ids else None

    return wait_for("the order's mails", look)


@pytest.fixture(scope="module")
def attackers(
    world: Mapping[str, Any], treasure: Treasure, make_buyer: Any
) -> Iterator[dict[str, Browser]]:
    """Give staff of another brand, another buyer of the same link, and a passer-by."""
    found = {
        "staff of another brand": staff_browser(world, LEA),
        "another buyer": buyer_browser(world, make_buyer()),
        "nobody": Browser(world["gateway"]),
    }
    yield found
    for each in found.values():
        each.close()


def test_every_kind_of_id_is_attacked_with_one_that_opens_something(
    world: Mapping[str, Any], routes: list[Route], treasure: Treasure
) -> None:
    """A new kind of id needs its line in treasure.py; to its own brand each of these is real."""
    assert {name for route in routes for name in id_names(route)} - KNOWN == set()
    opened: set[str] = set()
    with client(world, staff_browser(world, cast.OWNER)) as http:
        for route in routes:
            names = id_names(route)
            if "GET" in route.methods and names and names <= treasure.ids.keys():
                reply = http.get(filled(route, treasure.ids, names))
                opened |= names if reply.status_code == 200 else set()
    assert opened >= {"link_id", "buyer_id", "address_id", "catalog_id", "product_id"}
    assert opened >= {"order_id", "group_id", "rate_id", "message_id"}


@pytest.mark.rule("R203", "R37", "R160")
@pytest.mark.parametrize("who", ["staff of another brand", "another buyer", "nobody"])
def test_what_is_others_is_answered_like_what_is_not_there(
    world: Mapping[str, Any],
    routes: list[Route],
    treasure: Treasure,
    attackers: Mapping[str, Browser],
    who: str,
) -> None:
    """Whatever is asked: the same status as for an id of nothing, and not a word of theirs."""
    browser, leaks = attackers[who], []
    usable = treasure.ids.keys() if who == "staff of another brand" else SECRETS_OF_BUYERS
    with client(world, browser) as http:
        headers = {"X-CSRFToken": browser.open("/signin").csrf_token, "Accept": "text/html"}
        for route in routes:
            if not id_names(route) & usable or route.rule.startswith(MAKERS_OWN):
                continue
            theirs, nothing = filled(route, treasure.ids, usable), filled(route, {}, set())
            for method in sorted(route.methods & {"GET", *CHANGING}):
                reply = http.request(method, theirs, headers=headers)
                as_nothing = http.request(method, nothing, headers=headers)
                if reply.status_code != as_nothing.status_code:
                    leaks.append(
                        f"{method} {route.rule}: {reply.status_code}, not {as_nothing.status_code}"
                    )
                if method == "GET" and reply.status_code == 200:
                    leaks.append(f"{method} {route.rule}: 200")
                leaks += [
                    f"{method} {route.rule}: {each}"
                    for each in treasure.canaries
                    if each in reply.text
                ]
    assert leaks == []


@pytest.mark.rule("R203")
def test_no_page_without_ids_tells_of_another_brand(
    world: Mapping[str, Any],
    routes: list[Route],
    treasure: Treasure,
    attackers: Mapping[str, Browser],
) -> None:
    """Lists, searches and forms of staff, asked plainly and for what is the other brand's."""
    leaks, asked = [], 0
    with client(world, attackers["staff of another brand"], follow_redirects=True) as http:
        for route in routes:
            if "GET" not in route.methods or PARAMETER.search(route.rule):
                continue
            for params in (
                {},
                {"brand": treasure.ids["brand_id"], "brand_id": treasure.ids["brand_id"]},
            ):
                reply = http.get(route.rule, params=params)
                asked += 1
                leaks += [
                    f"{route.rule} {params}: {each}"
                    for each in treasure.canaries
                    if each in reply.text
                ]
    assert asked > 50
    assert leaks == []


def id_names(route: Route) -> set[str]:
    return {found[2] for found in PARAMETER.finditer(route.rule) if found[1] == "uuid"}


def filled(route: Route, ids: Mapping[str, str], usable: Any) -> str:
    """Return an address of the route with these ids, and ids of nothing where there is none."""

    def fill(found: re.Match[str]) -> str:
        if found[1] == "uuid":
            return ids[found[2]] if found[2] in usable and found[2] in ids else str(new_id())
        return TOKEN if found[2] == "token" else "x"

    return PARAMETER.sub(fill, route.rule)
