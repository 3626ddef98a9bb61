"""What staff does after a storm: it presses the buttons that the pages offer."""

from collections.abc import Mapping
from typing import Any

from tests.faults.books import Books

from devstack.demo.browser import Browser
from devstack.demo.form import Unexpected
from devstack.demo.staff import sign_in_staff

REFUSED = "select id from messages where state = 'dead'"
AWAY = (502, 503, 504)
"""What the gateway says while a process is being started again."""


class Staff:
    """A staff member who looks after mails that the mail server refused for good."""

    def __init__(self, world: Mapping[str, Any]) -> None:
        self._world = world
        self._browser = self._fresh_browser()
        self._is_signed_in = False

    def send_refused_mails_again(self, books: Books) -> None:
        """Press «Send again» on each of them; while nobody answers, later."""
        for row in books.rows("notifications", REFUSED):
            try:
                self._send_again(row["id"])
            except Unexpected:
                reply = self._browser.reply
                if reply is None or reply.status_code not in AWAY:
                    raise
                return

    def _send_again(self, message_id: object) -> None:
        if not self._is_signed_in:
            person = self._world["staff"][0]
            self._browser = self._fresh_browser()
            sign_in_staff(self._browser, email=person["email"], password=person["password"])
            self._is_signed_in = True
        self._browser.open(f"/notifications/{message_id}").form("Send again").press()

    def _fresh_browser(self) -> Browser:
        return Browser(self._world["gateway"])
