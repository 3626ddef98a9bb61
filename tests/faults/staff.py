"""What staff does after a storm: it presses the buttons that the pages offer."""

from collections.abc import Mapping
from typing import Any

from tests.faults.books import Books

from devstack.demo.browser import Browser
from devstack.demo.staff import sign_in_staff

REFUSED = "select id from messages where state = 'dead'"


class Staff:
    """A staff member who looks after mails that the mail server refused for good."""

    def __init__(self, world: Mapping[str, Any]) -> None:
        self._world = world
        self._browser: Browser | None = None

    def send_refused_mails_again(self, books: Books) -> None:
        """Press «Send again» on each of them."""
        for row in books.rows("notifications", REFUSED):
            browser = self._signed_in().open(f"/notifications/{row['id']}")
            browser.form("Send again").press()

    def _signed_in(self) -> Browser:
        if self._browser is None:
            person = self._world["staff"][0]
            self._browser = Browser(self._world["gateway"])
            sign_in_staff(self._browser, email=person["email"], password=person["password"])
        return self._browser
