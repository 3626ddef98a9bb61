"""The control plane of the NEXT ENGINE twin."""

from datetime import datetime
from typing import Any

from twins.clients.control import Control, Json


class NextEngineControl(Control):
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
