"""The control planes of the twins, for tests and demos."""

from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]


class _Control:
    """One HTTP client; usable in a with block, or closed by whoever made it."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        # No certificate store: reading it costs more than a whole test, and twins speak plain HTTP.
        self._http = httpx.Client(
            base_url=f"{self.base}/_control/",
            timeout=10,
            trust_env=False,
            verify=False,  # noqa: S501
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def reset(self) -> None:
        """Forget what was stored and ordered."""
        self._ask("POST", "reset")

    def faults(self) -> list[Json]:
        """Return the ordered faults with how often each has hit."""
        return list(self._ask("GET", "faults")["faults"])

    def order_fault(self, kind: str, **fields: Any) -> Json:
        """Order a fault; `times` defaults to the next call only. See /_control/faults for kinds."""
        return self._ask("POST", "faults", {"kind": kind, **fields})

    def clear_faults(self) -> None:
        self._ask("DELETE", "faults")

    def _ask(self, method: str, path: str, body: Json | None = None, **query: Any) -> Json:
        given = {name: value for name, value in query.items() if value is not None}
        response = self._http.request(method, path, json=body, params=given)
        if response.is_client_error:
            raise ValueError(response.text)
        answer: Json = response.raise_for_status().json()
        return answer


class NextEngineControl(_Control):
    """`base` is the twin's API base, such as http://127.0.0.1:9000/next-engine."""

    def slips(
        self, slip: str | None = None, *, shop: str | None = None, company: str | None = None
    ) -> list[Json]:
        """Return the slips with `lines` and `options`, in the fields of their search."""
        return list(self._ask("GET", "slips", slip=slip, shop=shop, company=company)["slips"])

    def uploads_of(self, slip: str, *, company: str | None = None) -> list[Json]:
        """Return the accepted uploads that carried the slip number, answered or not."""
        return list(self._ask("GET", "uploads", slip=slip, company=company)["uploads"])

    def uploads(self, *, company: str | None = None) -> list[Json]:
        return list(self._ask("GET", "uploads", company=company)["uploads"])

    def uploaded_file(self, que_id: str) -> str:
        """Return the CSV of an upload; only the latest files are kept."""
        return str(self._ask("GET", f"uploads/{que_id}")["file"])

    def issue_tokens(self, *, company: str | None = None, uid: str | None = None) -> Json:
        """Log a person in; answers as /api_neauth does. Ends that person's earlier pair."""
        return self._ask("POST", "tokens", {"company": company, "uid": uid})

    def app(self) -> Json:
        """Return client_id, client_secret and redirect_uri."""
        return self._ask("GET", "app")

    def change_app(self, **fields: str) -> Json:
        return self._ask("POST", "app", fields)

    def add_company(self, ne_id: str, *, name: str | None = None) -> Json:
        return self._ask("POST", "companies", {"ne_id": ne_id, "name": name or ne_id})

    def remove_company(self, ne_id: str) -> None:
        """Forget a company and everything of it."""
        self._ask("DELETE", f"companies/{ne_id}")

    def add_shop(
        self,
        shop_id: str,
        *,
        pattern_id: str,
        name: str,
        tax_included: bool = False,
        company: str | None = None,
    ) -> Json:
        return self._ask(
            "POST",
            "shops",
            {
                "company": company,
                "shop_id": shop_id,
                "pattern_id": pattern_id,
                "name": name,
                "tax_included": tax_included,
            },
        )

    def set_goods(self, codes: list[str] | None, *, company: str | None = None) -> None:
        self._ask("POST", "goods", {"codes": codes, "company": company})

    def plant_slip(self, slip: str, *, company: str | None = None, **fields: str) -> Json:
        """Add a slip as if by hand; fields are named without their receive_order_ prefix."""
        return self._ask("POST", "slips", {"slip": slip, "company": company, **fields})

    def turn(self, **switches: Any) -> Json:
        """Turn switches; return all of them."""
        return self._ask("POST", "switches", switches)

    def tick(self, steps: int = 1) -> None:
        """Take the waiting queue entries that many steps further."""
        self._ask("POST", "tick", {"steps": steps})

    def advance_clock(self, *, hours: float = 0, seconds: float = 0) -> datetime:
        return self._turn_clock({"advance": hours * 3600 + seconds})

    def freeze_clock(self, at: datetime | None = None) -> datetime:
        return self._turn_clock({"freeze": at.isoformat() if at else True})

    def requests(self, endpoint: str | None = None) -> list[Json]:
        """Return the latest calls, oldest first, tokens and secrets masked."""
        return list(self._ask("GET", "requests", endpoint=endpoint)["requests"])

    def request_counts(self) -> dict[str, int]:
        return dict(self._ask("GET", "requests")["counts"])

    def _turn_clock(self, body: Json) -> datetime:
        return datetime.fromisoformat(self._ask("POST", "clock", body)["now"])


class MailControl(_Control):
    """`base` is the inbox's address, such as http://127.0.0.1:9000/mail."""

    def messages(
        self, *, to: str | None = None, since: datetime | None = None, after: int | None = None
    ) -> list[Json]:
        """Return every arrival, oldest first; a message that arrived twice is there twice."""
        instant = since.isoformat() if since else None
        return list(self._ask("GET", "messages", to=to, since=instant, after=after)["messages"])


class StripeControl(_Control):
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
