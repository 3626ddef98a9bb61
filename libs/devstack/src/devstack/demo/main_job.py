"""The main job: a link is made, a buyer orders through it, and everything follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from devstack.demo import buyer as buyers
from devstack.demo import staff as staffs
from devstack.demo.browser import Browser
from devstack.demo.consequences import mails_to, one_slip, settled_ledger
from devstack.demo.form import Unexpected
from twins.clients import MailControl, NextEngineControl

Say = Callable[[str], None]
ADDRESS = {
    "JP": {
        "Addressee": "青山 花子",
        "Postal code": "１０７-００６２",
        "Prefecture": "東京都",
        "City": "港区",
        "Address line 1": "南青山5-1-1",
        "Phone": "03-1234-5678",
    },
}


@dataclass(frozen=True)
class Play:
    """What is played: who orders how, through what kind of link."""

    way: buyers.SignIn
    transition: bool
    link_name: str
    catalogs: tuple[str, ...]
    language: str = "en"
    recipient: str = ""
    """Who of the buyer gets the mail."""
    outcomes: frozenset[str] = frozenset({"moved", "already_moved"})


@dataclass(frozen=True)
class Played:
    """What came of it."""

    link: staffs.MadeLink
    receipt: buyers.Receipt
    outcomes: tuple[str, ...]
    """One recorded transition outcome per order."""


def play_main_job(world: Mapping[str, Any], play: Play, say: Say) -> Played:
    """Play it through the public gateway. Raises Unexpected where anything is missing."""
    staff = Browser(world["gateway"])
    customer = Browser(world["gateway"], language=play.language)
    staffs.sign_in_staff(staff, **_first_staff(world))
    say("staff signed in")
    link = staffs.create_link(
        staff, name=play.link_name, catalogs=play.catalogs, transition=play.transition
    )
    say(f"link made: {link.url}")
    receipt = order_through(customer, link, play, say)
    outcomes = tuple(
        observe_order(world, staff, play, say, number=number, total=total)
        for number, total in zip(receipt.order_numbers, receipt.totals, strict=False)
    )
    if list(outcomes).count("moved") > 1:
        raise Unexpected(f"The buyer was moved more than once: {outcomes}.")
    return Played(link=link, receipt=receipt, outcomes=outcomes)


def order_through(customer: Browser, link: staffs.MadeLink, play: Play, say: Say) -> buyers.Receipt:
    """Sign in on the link, fill cells of three products in all catalogs, and order."""
    buyers.sign_in_buyer(customer, url=link.url, way=play.way)
    say(f"buyer signed in: {play.way.method}")
    grids = buyers.see_catalogs(customer, link.token)
    if len(grids) != len(play.catalogs):
        raise Unexpected(f"The buyer sees {len(grids)} catalogs, not {len(play.catalogs)}.")
    for position, (path, cells) in enumerate(grids.items()):
        customer.open(path)
        for cell in cells[:: max(1, len(cells) // 3)][: 2 - position % 2]:
            saved = buyers.fill_cell(customer, link.token, cell, 3 + position)
            say(f"cell saved: {saved['units']} units in the cart")
    receipt = buyers.check_out(customer, link.token, address=ADDRESS["JP"])
    if len(receipt.order_numbers) != len(play.catalogs):
        raise Unexpected(f"{len(receipt.order_numbers)} orders, not one per catalog.")
    say(f"ordered: {', '.join(receipt.order_numbers)}, {', '.join(receipt.totals)}")
    return receipt


def observe_order(
    world: Mapping[str, Any], staff: Browser, play: Play, say: Say, *, number: str, total: str
) -> str:
    """Wait for one order's consequences; return its transition outcome.

    `total` is what the buyer was shown; the staff's page, the slip and the mail must say the same.
    """
    order_id = staffs.find_order_id(staff, number)
    rows = settled_ledger(staff, order_id, mails=2)
    outcome = next(row.state for row in rows if row.kind == "transition")
    if outcome not in play.outcomes:
        raise Unexpected(f"{number}: the transition's outcome is {outcome}.")
    staff.expect(total)
    slip = one_slip(NextEngineControl(world["twins"]["next_engine"]), number)
    if Decimal(str(slip["receive_order_total_amount"])) != digits_of(total):
        raise Unexpected(f"{number}: the slip says {slip['receive_order_total_amount']}.")
    mails = mails_to(MailControl(world["twins"]["mail"]), play.recipient, number)
    if len({mail["message_id"] for mail in mails}) != 1:
        raise Unexpected(f"{number}: {len(mails)} different mails to {play.recipient}.")
    if digits_of(total) not in {digits_of(word) for word in str(mails[0]["text"]).split()}:
        raise Unexpected(f"{number}: the mail does not say {total}.")
    say(f"{number}: {outcome}; slip {slip['receive_order_id']} and mails say {total} too")
    return outcome


def digits_of(amount: str) -> Decimal:
    """Return the number in an amount of yen as a page or mail writes it; -1 for none."""
    digits = "".join(sign for sign in amount if sign.isdigit())
    return Decimal(digits) if digits else Decimal(-1)


def _first_staff(world: Mapping[str, Any]) -> dict[str, str]:
    first = world["staff"][0]
    return {"email": first["email"], "password": first["password"]}
