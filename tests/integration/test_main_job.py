"""The main job over public HTTP, for each way to sign in, with transition on and off."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from devstack.demo.buyer import SignIn
from devstack.demo.main_job import Play, play_main_job
from devstack.world import cast

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]
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
def test_a_user_orders_as_one_of_its_buyers(world: Mapping[str, Any]) -> None:
    play = Play(
        way=SignIn("user_account", cast.KENJI.email, cast.PASSWORD, buyer=cast.GINZA.name),
        transition=True,
        link_name="By user account",
        catalogs=CATALOGS,
        recipient=cast.GINZA.contact_email,
        outcomes=frozenset({"not_offline"}),
    )
    assert play_main_job(world, play, print).outcomes == ("not_offline", "not_offline")
