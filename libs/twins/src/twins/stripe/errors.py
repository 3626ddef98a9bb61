"""Stripe's way of saying no. Source: https://docs.stripe.com/api/errors"""

from typing import Any

INVALID = "invalid_request_error"


class ApiError(Exception):
    """An answer that is not 2xx. `is_kept`: also under the call's idempotency key."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        type: str = INVALID,
        code: str | None = None,
        param: str | None = None,
        is_kept: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_kept = is_kept
        self._said = {"type": type, "message": message, "code": code, "param": param}

    def body(self) -> dict[str, Any]:
        said = {name: value for name, value in self._said.items() if value is not None}
        return {"error": said}


def missing(kind: str, object_id: str) -> ApiError:
    """Return the refusal for an object that is not there, or another account's."""
    return ApiError(404, f"No such {kind}: '{object_id}'", code="resource_missing", param="id")


def bad_param(param: str, message: str, *, code: str | None = None) -> ApiError:
    return ApiError(400, message, param=param, code=code)
