"""Card payment over public HTTP and the Stripe twin, in a browser without scripts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, fill_cell, read_receipt, see_catalogs, sign_in_buyer
from devstack.demo.consequences import one_slip, settled_ledger, wait_for
from devstack.demo.staff import MadeLink, find_link, find_order_id, sign_in_staff
from devstack.world import cast
from twins.clients import MailControl, NextEngineControl, StripeControl

pytestmark = pytest.mark.journey
MakeBuyer = Callable[..., cast.Buyer]
ADDRESS = {
    "Addressee": "青山 花子",
    "Postal code": "107-0062",
    "Prefecture": "東京都",
    "City": "港区",
    "Address line 1": "南青山5-1-1",
    "Phone": "03-1234-5678",
}


@pytest.fixture
def staff(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = Browser(world["gateway"])
    sign_in_staff(browser, **{name: world["staff"][0][name] for name in ("email", "password")})
    yield browser
    browser.close()


@pytest.fixture
def stripe(world: Mapping[str, Any]) -> Iterator[StripeControl]:
    with StripeControl(world["twins"]["stripe"]) as control:
        yield control
        control.turn(webhooks="first")


@pytest.fixture
def customer(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = Browser(world["gateway"])
    yield browser
    browser.close()


def make_card_link(staff: Browser, name: str) -> MadeLink:
    """Make a link that is paid by card and nothing else."""
    form = staff.open("/links").follow("Create a New Link").form("Create")
    form.fill("Link Name", name).check(dict(cast.WOMEN.names)["en"])
    form.check("Pay outside the app", on=False)
    form.check("Stripe Credit Card Payment").press()
    return find_link(staff, name)


def go_to_stripe(customer: Browser, link: MadeLink, buyer: cast.Buyer) -> str:
    """Sign in, fill a cell, confirm; return the session whose page is open then."""
    way = SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
    sign_in_buyer(customer, url=link.url, way=way)
    [cells] = see_catalogs(customer, link.token).values()
    fill_cell(customer, link.token, cells[0], 4)
    form = customer.open(f"/checkout/{link.token}").form("Continue to payment")
    for label, value in ADDRESS.items():
        form.fill(label, value)
    form.press()
    assert "/stripe/pay/" in customer.address, customer.gist
    return customer.address.rsplit("/", 1)[1]


@pytest.mark.rule("R116", "R122", "R124", "D13")
def test_paid_by_card_the_order_is_placed_and_everything_follows(
    world: Mapping[str, Any],
    staff: Browser,
    customer: Browser,
    stripe: StripeControl,
    make_buyer: MakeBuyer,
) -> None:
    buyer = make_buyer()
    session_id = go_to_stripe(customer, make_card_link(staff, "By card"), buyer)

    customer.form("Pay").press()
    if "/receipts/" not in customer.address:
        customer.form("Check payment").press()
    [number] = read_receipt(customer, ()).order_numbers

    rows = settled_ledger(staff, find_order_id(staff, number), mails=2)
    [paid] = [row for row in rows if row.kind == "payment"]
    [page] = [each for each in stripe.sessions() if each["id"] == session_id]
    assert page["payment_intent"] in paid.words
    slip = one_slip(NextEngineControl(world["twins"]["next_engine"]), number)
    assert float(str(slip["receive_order_total_amount"])) == page["amount_total"]


@pytest.mark.rule("D21", "R122")
def test_paid_after_the_link_was_voided_the_money_goes_back_and_all_are_told(
    world: Mapping[str, Any],
    staff: Browser,
    customer: Browser,
    stripe: StripeControl,
    make_buyer: MakeBuyer,
) -> None:
    stripe.turn(webhooks="never")
    buyer = make_buyer()
    link = make_card_link(staff, "By card, withdrawn")
    session_id = go_to_stripe(customer, link, buyer)
    back = stripe.press(session_id, "pay").headers["location"]
    staff.open("/links")
    void(staff, link)

    def refunded() -> bool:
        [page] = [each for each in stripe.sessions() if each["id"] == session_id]
        return bool(page["refunded"]) and page["refunded"] == page["paid"]

    wait_for("the refund at Stripe", refunded, patience=60)
    # What Stripe knows first is written down here a moment later.
    wait_for("the page about it", lambda: "Your payment was refunded" in customer.open(back).words)
    customer.expect("The brand has closed this link.")
    staff.open("/payments").expect(buyer.name, "The link was voided meanwhile.")
    inbox = MailControl(world["twins"]["mail"])
    wait_for("the mail about the refund", lambda: inbox.messages(to=buyer.contact_email))


def void(staff: Browser, link: MadeLink) -> None:
    """Press "Make void" in the row of the link."""
    for form in staff.page.find_all("form"):
        row = form.find_parent(["tr", "li", "article"])
        if row is not None and link.url in str(row) and "Make void" in form.get_text():
            fields = [(str(i["name"]), str(i["value"])) for i in form.find_all("input")]
            staff.send("post", str(form["action"]), fields, 200)
            return
    raise AssertionError(staff.gist)
