"""The kinds of refusal. The web edge maps each to a status and a problem document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of what the client sent."""

    field: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "detail": self.detail}


class Refusal(Exception):
    """A request that is understood and not done. `code` is for programs, `detail` for people."""

    status: ClassVar[int] = 500
    code: str = "refused"
    rule: str | None = None

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        rule: str | None = None,
        errors: Sequence[FieldError] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.rule = rule or type(self).rule
        self.errors = tuple(errors)
        self.retry_after = retry_after


class Malformed(Refusal):
    """The body cannot be read at all."""

    status = 400
    code = "malformed"


class TooLarge(Refusal):
    """More was sent than the address takes."""

    status = 413
    code = "too_large"


class Unauthorized(Refusal):
    """Nobody is signed in, or no longer."""

    status = 401
    code = "not_signed_in"


class Forbidden(Refusal):
    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """Not there, or not yours to know of."""

    status = 404
    code = "not_found"


class Conflict(Refusal):
    status = 409
    code = "conflict"


class Gone(Refusal):
    status = 410
    code = "gone"


class PreconditionFailed(Refusal):
    """Somebody else changed it since it was read."""

    status = 412
    code = "changed_meanwhile"


class Invalid(Refusal):
    """Understood but not acceptable; `errors` names the fields."""

    status = 422
    code = "invalid"


class PreconditionRequired(Refusal):
    """What is to be changed must be named as it was read."""

    status = 428
    code = "precondition_required"


class TooManyAttempts(Refusal):
    status = 429
    code = "too_many_attempts"


class Unavailable(Refusal):
    """Something we need does not answer now; trying again may help."""

    status = 503
    code = "unavailable"


KINDS: tuple[type[Refusal], ...] = (
    Malformed,
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    PreconditionFailed,
    TooLarge,
    Invalid,
    PreconditionRequired,
    TooManyAttempts,
    Unavailable,
)


def refusal_of(status: int) -> type[Refusal]:
    """Return the kind with that status; anything else is Unavailable."""
    return next((kind for kind in KINDS if kind.status == status), Unavailable)
