"""The control plane of the Stripe twin, and its payment page's buttons."""

from typing import Any

import httpx

from twins.clients.control import Control, Json


class StripeControl(Control):
    """`base` is the twin's API base, such as http://127.0.0.1:9000/stripe."""

    def sessions(self) -> list[Json]:
        """Return the Checkout Sessions, oldest first, each with `account`, `paid`, `refunded`."""
        return list(self._ask("GET", "sessions")["sessions"])

    def app(self) -> Json:
        """Return api_key, webhook_secret and the url that webhooks go to."""
        return self._ask("GET", "app")

    def send_webhooks_to(self, url: str) -> None:
        self._ask("POST", "app", {"url": url})

    def put_account(self, account_id: str, **fields: Any) -> Json:
        """Add or change a connected account."""
        return self._ask("POST", "accounts", {"id": account_id, **fields})

    def remove_account(self, account_id: str) -> None:
        """Let an account take its access back: it is not there for the platform any more."""
        self._ask("DELETE", f"accounts/{account_id}")

    def turn(self, **switches: Any) -> Json:
        """Turn switches; return all of them."""
        return self._ask("POST", "switches", switches)

    def press(self, session_id: str, *buttons: str) -> httpx.Response:
        """Press buttons of the payment page, one after the other; return the last answer."""
        for button in buttons:
            answer = self._http.post(f"{self.base}/pay/{session_id}", data={"action": button})
        return answer

    def deliveries(self, type: str | None = None) -> list[Json]:
        """Return the events, oldest first, each with the answers that it got."""
        found = self._ask("GET", "deliveries")["deliveries"]
        return [each for each in found if type in (None, each["type"])]

    def send_held(self) -> int:
        """Send the webhooks that were held back; return how many."""
        return int(self._ask("POST", "deliveries")["sent"])

    def advance_clock(self, *, seconds: float) -> None:
        self._ask("POST", "clock", {"advance": seconds})

    def requests(self, endpoint: str | None = None) -> list[Json]:
        """Return the latest calls, oldest first."""
        return list(self._ask("GET", "requests", endpoint=endpoint)["requests"])
