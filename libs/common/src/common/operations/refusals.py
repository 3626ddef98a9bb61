"""What is not done, and why."""

from common.errors import Conflict, FieldError, Invalid, NotFound

LONGEST_REASON = 500


class LetterNotFound(NotFound):
    code = "letter_not_found"


class NumberChanged(Conflict):
    """A group is not what the operator was told it was."""

    code = "number_changed"


class AlreadyPaused(Conflict):
    code = "already_paused"


def read_reason(text: str) -> str:
    """Return the reason, tidied. Raises Invalid where there is none."""
    reason = " ".join(text.split())
    if not reason or len(reason) > LONGEST_REASON:
        wrong = FieldError("reason", "required", "Please say why, in at most 500 characters.")
        raise Invalid(wrong.detail, errors=[wrong])
    return reason
