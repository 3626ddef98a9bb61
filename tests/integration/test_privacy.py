"""One person, told and erased over the running services by `orderlink privacy`."""

import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MakeBuyer
from tests.integration.commands import orderlink

from common.testing.erasures import everything
from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, sign_in_buyer
from devstack.demo.consequences import mails_to
from devstack.demo.form import Unexpected
from devstack.demo.main_job import Play, Played, play_main_job
from devstack.demo.staff import find_order_id, sign_in_staff
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack
from devstack.world import cast
from twins.clients import MailControl

pytestmark = pytest.mark.journey
PATIENCE = 120.0
REASON = ("--reason", "asked by letter", "--as", "a test")


def privacy(
    stack: RunningStack, *words: str, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    return orderlink(stack, "identity", "privacy", *words, typed=typed)


def erase(stack: RunningStack, email: str, *words: str) -> str:
    """Erase as soon as everything about the person has been handled; return what was said."""
    until = time.monotonic() + PATIENCE
    while True:
        done = privacy(stack, "erase", "--email", email, *REASON, "--yes", *words)
        if done.returncode == 0:
            return done.stdout
        assert "wait" in done.stderr, done.stderr
        assert time.monotonic() < until, done.stderr
        time.sleep(1)


def export(stack: RunningStack, email: str, to: Path) -> Mapping[str, Any]:
    done = privacy(stack, "export", "--email", email, "--to", str(to))
    assert done.returncode == 0, done.stderr
    assert to.stat().st_mode & 0o077 == 0
    return dict(json.loads(to.read_text()))


def everywhere(stack: RunningStack) -> str:
    """Return every row of all five services."""
    pages = []
    for service in SERVICES:
        with stack.postgres(service) as connection:
            pages.append(everything(connection))
    return "\n".join(pages)


def parts(told: Mapping[str, Any], service: str) -> dict[str, Any]:
    return {part["what"]: part["rows"] for part in told["services"][service]}


@pytest.fixture(scope="module")
def buyer(make_buyer: MakeBuyer) -> cast.Buyer:
    return make_buyer(name="ブティック カナリア", contact_email="kanaria@canary-shop.example",
                      login_email="kanaria@canary-shop.example")  # fmt: skip


@pytest.fixture(scope="module")
def played(world: Mapping[str, Any], buyer: cast.Buyer) -> Played:
    """Let the buyer order, be moved, and get its mails."""
    play = Play(
        way=SignIn("offline_login", str(buyer.login_email), cast.PASSWORD),
        transition=True,
        link_name="Whoever is to be forgotten",
        catalogs=(dict(cast.CATALOGS[0].names)["en"],),
        recipient=str(buyer.contact_email),
    )
    return play_main_job(world, play, print)


def test_a_buyer_that_ordered_is_told_and_erased(
    stack: RunningStack,
    world: Mapping[str, Any],
    buyer: cast.Buyer,
    played: Played,
    tmp_path: Path,
) -> None:
    email, [number] = str(buyer.login_email), played.receipt.order_numbers

    told = export(stack, email, tmp_path / "before.json")
    assert parts(told, "identity")["Buyers that are the person"][0]["name"] == buyer.name
    assert parts(told, "checkout")["Orders"][0]["order_number"] == number
    assert "青山" in str(parts(told, "checkout")["Orders"][0]["address"])
    assert email in str(parts(told, "notifications")["Mails to the person"])
    assert "$argon2" not in str(told)

    before = everywhere(stack)
    assert email in before
    refused = privacy(stack, "erase", "--email", email, *REASON, typed="somebody@else.example\n")
    assert (refused.returncode, "Nothing was erased" in refused.stderr) == (1, True)
    trial = privacy(stack, "erase", "--email", email, *REASON, "--dry-run")
    assert "Buyers that are the person" in trial.stdout
    sign_in_buyer(Browser(world["gateway"]), url=played.link.url, way=_way(buyer))

    assert "✓ Erased" in erase(stack, email)

    after = everywhere(stack)
    assert email not in after
    assert buyer.name in after, "the order keeps the name for the books"
    with pytest.raises(Unexpected):
        sign_in_buyer(Browser(world["gateway"]), url=played.link.url, way=_way(buyer))
    staff = Browser(world["gateway"])
    sign_in_staff(staff, **{name: world["staff"][0][name] for name in ("email", "password")})
    find_order_id(staff, number)
    staff.open(f"/orders/{find_order_id(staff, number)}")
    staff.expect(played.receipt.totals[0])
    assert mails_to(MailControl(world["twins"]["mail"]), email, number), "they went out before"

    left = export(stack, email, tmp_path / "after.json")
    assert not any(left["services"].values())
    assert "Nothing that could be erased" in erase(stack, email)
    for service in SERVICES:
        with stack.postgres(service) as connection:
            query = "select count(*), min(reason) from operator_log where action = 'person_erased'"
            assert connection.execute(query).fetchone() in ((1, "asked by letter"), (0, None))


def test_somebody_on_a_team_is_not_erased_and_keeps_every_way_in(
    stack: RunningStack, world: Mapping[str, Any]
) -> None:
    refused = privacy(stack, "erase", "--email", cast.SALES.email, *REASON, "--yes")
    assert refused.returncode == 1
    assert "takes it off on /team first" in refused.stderr
    sign_in_staff(Browser(world["gateway"]), email=cast.SALES.email, password=cast.PASSWORD)


def _way(buyer: cast.Buyer) -> SignIn:
    return SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
