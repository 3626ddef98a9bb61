"""What is not done, and why."""

from common.errors import Conflict, FieldError, Invalid, NotFound
from common.operations.masking import masked

LONGEST_REASON = 500


class LetterNotFound(NotFound):
    code = "letter_not_found"


class DeliveryNotFound(NotFound):
    code = "delivery_not_found"


class JobNotFound(NotFound):
    code = "job_not_found"


class NumberChanged(Conflict):
    """A group is not what the operator was told it was."""

    code = "number_changed"


class AlreadyPaused(Conflict):
    code = "already_paused"


def read_reason(text: str) -> str:
    """Return the reason, tidied and masked: nobody can take it out of the log again.

    Raises Invalid where there is none.
    """
    reason = " ".join(text.split())
    if not reason or len(reason) > LONGEST_REASON:
        wrong = FieldError("reason", "required", "Please say why, in at most 500 characters.")
        raise Invalid(wrong.detail, errors=[wrong])
    return masked(reason)
