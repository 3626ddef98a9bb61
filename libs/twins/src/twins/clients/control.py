"""What the control clients of all twins share."""

from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]


class Control:
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
