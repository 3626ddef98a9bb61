"""From a buyer that a brand keeps to a customer of two brands, by pages and mails alone."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from devstack.demo.consequences import wait_for
from twins.clients import MailControl

pytestmark = pytest.mark.browser
SHOP = "Konditorei Morgenrot"
EMAIL = "einkauf@morgenrot.example"
LINK_PASSWORD = "Only-For-The-Link-1"
OWN_PASSWORD = "Mein-Eigenes-Konto-7!"


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def create_buyer(page: Page, *, brand: str, code: str, with_login: bool) -> str:
    """Fill the form as staff; return the address of the new buyer's page."""
    page.get_by_role("link", name="New buyer").click()
    page.get_by_label("Brand").select_option(label=brand)
    page.locator("#name").fill(SHOP)
    page.locator("#unique_code").fill(code)
    page.locator("#country").select_option("JP")
    page.locator("#trade_term").select_option(label="Wholesale")
    page.locator("#currency").select_option("JPY")
    page.locator("#language").select_option("en")
    page.locator("#rate_value").fill("0.5")
    if with_login:
        page.locator("#login_email").fill(EMAIL)
        page.locator("#login_password").fill(LINK_PASSWORD)
    page.get_by_role("button", name="Create the buyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SHOP)
    here = page.get_by_role("link", name="Edit", exact=True).get_attribute("href") or ""
    return here.removesuffix("/edit")


def add_address(page: Page, buyer: str, gateway: str) -> None:
    page.goto(f"{gateway}{buyer}/addresses/new")
    for name, typed in (
        ("Addressee", SHOP),
        ("Postal code", "150-0001"),
        ("City", "渋谷区"),
        ("Address line 1", "神宮前 4-2-12"),
        ("Phone", "+81 3 5410 2222"),
    ):
        page.get_by_label(name).first.fill(typed)
    page.get_by_label("Prefecture").select_option(index=13)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("神宮前 4-2-12")).to_be_visible()


def sign_in_to(page: Page, link: Mapping[str, Any]) -> None:
    """Try the link's login that the brand set."""
    page.goto(link["url"])
    form = page.locator("form", has=page.get_by_role("button", name="Login with Offline Buyer"))
    form.get_by_label("Email").fill(EMAIL)
    form.get_by_label("Password", exact=True).fill(LINK_PASSWORD)
    form.get_by_role("button", name="Login with Offline Buyer").click()


def order_through(page: Page, link: Mapping[str, Any]) -> str:
    """Sign in by the link's login, order four pieces, return the order's number."""
    sign_in_to(page, link)
    page.wait_for_url("**/shop/**")
    page.locator("a[href*='/catalogs/']").first.click()
    cell = page.locator("input[data-sku]:not([disabled])").first
    cell.scroll_into_view_if_needed()
    cell.fill("4")
    page.keyboard.press("Tab")
    expect(page.locator(".is-saved, [data-state='saved']").first).to_be_attached()
    page.goto(page.url.split("/shop/")[0] + "/checkout/" + link["token"])
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/receipts/**")
    return page.locator("[data-order-number]").first.inner_text()


def mailed_link(world: Mapping[str, Any], to: str, part: str) -> str:
    """Wait for the newest mail to this address that leads to `part`; return where."""
    inbox = MailControl(world["twins"]["mail"])
    here = re.compile(rf"https?://[^\s\"<>]+/account/{part}/[^\s\"<>]+")

    def look() -> str | None:
        found = [here.search(str(mail["text"])) for mail in inbox.messages(to=to)]
        return next((each[0] for each in reversed(found) if each), None)

    return wait_for(f"a mail about {part} to {to}", look)


@pytest.mark.rule("R88", "R156", "R157", "R158", "R163", "R165", "R205")
def test_a_buyer_of_one_brand_becomes_a_customer_of_two(
    new_context: Callable[[str], BrowserContext], world: Mapping[str, Any]
) -> None:
    staff, desk = new_context("desktop").new_page(), new_context("desktop").new_page()
    phone = new_context("phone").new_page()
    owner, link, gateway = world["staff"][0], world["links"]["open"], world["gateway"]

    staff.goto(f"{gateway}/signin?next=/buyers")
    sign_in(staff, owner["email"], owner["password"])
    buyer = create_buyer(staff, brand="NORD", code="MORGENROT-1", with_login=True)
    add_address(staff, buyer, gateway)

    number = order_through(desk, link)

    claim(phone, mailed_link(world, EMAIL, "claims"))
    find_catalogs_and_order(phone, number)
    order_straight_from_the_catalog(phone, gateway)

    staff.goto(f"{gateway}{buyer}")
    expect(staff.get_by_text("Taken over by the customer")).to_be_visible()
    told = {
        EMAIL: "NORD: your account is set up",
        owner["email"]: f"{SHOP} now manages its own account",
    }
    for to, subject in told.items():
        wait_for(f"“{subject}”", partial(has_subject, world, to, subject))
    late = new_context("desktop").new_page()
    sign_in_to(late, link)
    expect(late.get_by_text("Those details do not match")).to_be_visible()

    staff.goto(f"{gateway}/buyers")
    second = create_buyer(staff, brand="Soleil & Fils", code="MORGENROT-2", with_login=False)
    staff.goto(f"{gateway}{second}")
    staff.get_by_label("Invite by email").fill(EMAIL)
    staff.get_by_role("button", name="Invite", exact=True).click()
    expect(staff.get_by_text(f"Invited: {EMAIL}")).to_be_visible()
    accept(phone, mailed_link(world, EMAIL, "invitations"))


def claim(phone: Page, address: str) -> None:
    """Take the buyer over with a new account; a weak password is told at its field first."""
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"{SHOP} is yours now")
    phone.get_by_label("Your name").fill("Anna Morgenrot")
    phone.get_by_label("Choose a password").fill("only letters")
    phone.get_by_role("button", name="Confirm and continue").click()
    expect(phone.locator("[aria-invalid=true]")).to_have_count(1)
    expect(phone.get_by_label("Your name")).to_have_value("Anna Morgenrot")
    phone.get_by_label("Choose a password").fill(OWN_PASSWORD)
    phone.get_by_role("button", name="Confirm and continue").click()
    phone.wait_for_url("**/app")


def find_catalogs_and_order(phone: Page, number: str) -> None:
    phone.get_by_role("link", name=SHOP).first.click()
    catalogs = phone.locator("#catalogs")
    expect(catalogs.get_by_role("heading")).to_have_text("Catalogs of NORD")
    expect(catalogs.get_by_text("Spring 27 Women")).to_be_visible()
    phone.get_by_role("link", name="Orders", exact=True).first.click()
    phone.get_by_role("link", name=number).first.click()
    expect(phone.get_by_text(number).first).to_be_visible()
    assert has_no_overflow(phone)


def order_straight_from_the_catalog(phone: Page, gateway: str) -> None:
    """Order as the customer that it is now: no link, the catalog's own settings (R88)."""
    phone.goto(f"{gateway}/app")
    phone.get_by_role("link", name="Catalogs", exact=True).click()
    phone.locator(".tile__link").first.click()
    assert has_no_overflow(phone)
    cell = phone.locator("input[data-sku]:not([disabled])").first
    cell.scroll_into_view_if_needed()
    cell.fill("6")
    cell.press("Tab")
    expect(phone.locator(".is-saved, [data-state='saved']").first).to_be_attached()
    phone.get_by_role("link", name="Review order").click()
    phone.wait_for_url("**/app/checkout/**")
    expect(phone.locator("[name=line1]")).to_have_value("神宮前 4-2-12")
    assert has_no_overflow(phone)
    phone.get_by_role("button", name="Place order").click()
    phone.wait_for_url("**/app/checkout/**/receipts/**")
    number = phone.locator("[data-order-number]").first.inner_text()
    phone.goto(f"{gateway}/app/orders")
    phone.get_by_role("link", name=number).click()
    phone.get_by_role("link", name="Order again").click()
    assert has_no_overflow(phone)
    phone.get_by_role("button", name=re.compile("Put 6 units into the cart")).click()
    phone.wait_for_url("**/app/cart/**")
    assert has_no_overflow(phone)


def accept(phone: Page, address: str) -> None:
    """Connect the second brand's buyer with the organisation that the first one's order made."""
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Soleil & Fils")
    phone.get_by_label(SHOP, exact=True).check()
    phone.get_by_role("button", name="Accept").click()
    phone.wait_for_url("**/app")
    for brand in ("NORD", "Soleil & Fils"):
        expect(phone.get_by_role("heading", level=2, name=brand)).to_be_visible()
    expect(phone.locator(".buyer-card")).to_have_count(2)
    organisations = phone.locator("main a[href^='/app/organisations/']:not([href$='/new'])")
    expect(organisations).to_have_count(1)
    assert has_no_overflow(phone)


def has_no_overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def has_subject(world: Mapping[str, Any], to: str, subject: str) -> bool:
    inbox = MailControl(world["twins"]["mail"])
    return subject in {str(mail["subject"]) for mail in inbox.messages(to=to)}
