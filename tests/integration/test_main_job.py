"""The main job over public HTTP, for each way to sign in, with transition on and off."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, fill_cell, see_catalogs, see_grid, sign_in_buyer
from devstack.demo.main_job import Play, play_main_job
from devstack.world import cast

pytestmark = pytest.mark.journey
CATALOGS = tuple(dict(catalog.names)["en"] for catalog in cast.CATALOGS)
MakeBuyer = Callable[..., cast.Buyer]


def way_of(method: str, buyer: cast.Buyer) -> SignIn:
    if method == "brand_credentials":
        return SignIn(method, buyer.unique_code, str(buyer.passcode))
    return SignIn(method, str(buyer.login_email), cast.PASSWORD)


@pytest.mark.rule("R156", "R159", "R161", "R164", "R167", "R169", "R183", "R185", "R189", "R207")
@pytest.mark.parametrize("transition", [True, False], ids=["transition", "stays"])
@pytest.mark.parametrize("method", ["offline_login", "brand_credentials"])
def test_an_offline_buyer_orders_and_everything_follows(
    world: Mapping[str, Any], make_buyer: MakeBuyer, method: str, transition: bool
) -> None:
    buyer = make_buyer()
    play = Play(
        way=way_of(method, buyer),
        transition=transition,
        link_name=f"{method} {transition}",
        catalogs=CATALOGS,
        recipient=buyer.contact_email,
        outcomes=frozenset({"moved", "already_moved"} if transition else {"not_asked_for"}),
    )
    played = play_main_job(world, play, print)
    expected = ["already_moved", "moved"] if transition else ["not_asked_for"] * 2
    assert sorted(played.outcomes) == expected


@pytest.mark.rule("R36", "R161", "R179", "R181")
@pytest.mark.parametrize(
    ("transition", "outcome"), [(True, "not_offline"), (False, "not_asked_for")]
)
def test_a_user_orders_as_one_of_its_buyers(
    world: Mapping[str, Any], transition: bool, outcome: str
) -> None:
    play = Play(
        way=SignIn("user_account", cast.KENJI.email, cast.PASSWORD, buyer=cast.GINZA.name),
        transition=transition,
        link_name=f"By user account {transition}",
        catalogs=CATALOGS,
        recipient=cast.GINZA.contact_email,
        outcomes=frozenset({outcome}),
    )
    assert play_main_job(world, play, print).outcomes == (outcome, outcome)


@pytest.mark.rule("R206")
def test_cells_saved_at_the_same_moment_end_in_one_right_sum(
    world: Mapping[str, Any], make_buyer: MakeBuyer
) -> None:
    buyer, token = make_buyer(), world["links"]["open"]["token"]
    browser = Browser(world["gateway"])
    sign_in_buyer(browser, url=world["links"]["open"]["url"], way=way_of("offline_login", buyer))
    [path, *_] = see_catalogs(browser, token)
    cells = see_grid(browser, path)[:8]
    with ThreadPoolExecutor(len(cells)) as hands:
        saved = list(hands.map(lambda cell: fill_cell(browser, token, cell, 2), cells))
    newest = max(saved, key=lambda answer: int(answer["version"]))
    there = browser.get_json(f"/cart/{token}/lines")
    assert newest["units"] == there["units"] == 2 * len(cells)
    assert newest["amounts"] == there["amounts"]
