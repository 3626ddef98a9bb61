"""The shape of every answer, and the refusals with their codes."""

import json
from typing import Any

Answer = dict[str, Any]


class Refused(Exception):
    """A call that ends in `result: error` (or `redirect`)."""

    def __init__(
        self, code: str, message: object, *, result: str = "error", tokens: bool = True
    ) -> None:
        super().__init__(code)
        self.code, self.message, self.result, self.tokens = code, message, result, tokens

    def answer(self) -> Answer:
        return {"result": self.result, "code": self.code, "message": self.message}


def bad_parameter(message: str) -> Refused:
    return Refused("004002", message)


def written(answer: Answer) -> bytes:
    r"""Return the answer as PHP writes JSON: ASCII only, and slashes escaped as \/."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode("ascii")
