"""What an operator looks at: queues with something in them, brought about and let go again."""

from collections.abc import Mapping
from typing import Any

from devstack.demo import buyer as buyers
from devstack.demo.browser import Browser
from devstack.demo.consequences import wait_for
from twins.clients import MailControl

HELD = [("kind", "subscriber"), ("name", "links"), ("reason", "links is being restored")]
REFUSED = {"code": 554, "text": "5.7.1 <hana@aoyama.example>: Recipient address rejected"}


def as_operator(person: Browser, world: Mapping[str, Any], language: str) -> list[str]:
    """Hold a subscriber back, let a buyer order whose mails are refused for good."""
    operator = world["operators"][0]
    form = person.open("/signin").form("Sign in")
    form.fill("Email", operator["email"]).fill("Password", operator["password"]).press()
    token = person.open("/ops/checkout").csrf_token
    if not person.page.select('form[action$="/pauses/endings"] input[value="links"]'):
        person.send("post", "/ops/checkout/pauses", [("csrf_token", token), *HELD], 200)
    with MailControl(world["twins"]["mail"]) as mail:
        mail.order_fault("data", times=2, **REFUSED)
    order(world)
    wait_for("mails that were given up", lambda: needs_a_person(person) or None)
    return []


def let_go(person: Browser) -> None:
    """Resume what was held back; what was given up stays, as it would."""
    token = person.open("/ops/checkout").csrf_token
    person.send("post", "/ops/checkout/pauses/endings", [("csrf_token", token), *HELD], 200)


def order(world: Mapping[str, Any]) -> None:
    """Order something on a link, as a buyer."""
    buyer, link = world["buyers"]["aoyama"], world["links"]["transition_off"]
    browser = Browser(world["gateway"])
    way = buyers.SignIn("offline_login", buyer["email"], buyer["password"])
    buyers.sign_in_buyer(browser, url=link["url"], way=way)
    [cells, *_] = buyers.see_catalogs(browser, link["token"]).values()
    for cell in cells[:3]:
        buyers.fill_cell(browser, link["token"], cell, 6)
    buyers.check_out(browser, link["token"], address={})
    browser.close()


def needs_a_person(person: Browser) -> bool:
    return "Needs a person" in person.open("/ops/notifications").words
