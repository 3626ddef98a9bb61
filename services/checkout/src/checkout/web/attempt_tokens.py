"""The hidden field of the checkout form: a server-made attempt, sealed, bound to what was shown."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from common.errors import Malformed


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Which cart and quote the page showed to which session, and whether it asked for a tick."""

    id: UUID
    session_id: UUID
    cart_id: UUID
    cart_version: int
    quote_hash: str
    needs_agreement: bool


def seal(attempt: Attempt) -> str:
    """Return the field's value; only we can make one."""
    value = [
        str(attempt.id),
        str(attempt.session_id),
        str(attempt.cart_id),
        attempt.cart_version,
        attempt.quote_hash,
        attempt.needs_agreement,
    ]
    sealed = _serializer().dumps(value)
    return sealed if isinstance(sealed, str) else sealed.decode()


def unseal(text: str, *, session_id: UUID) -> Attempt:
    """Return what seal() was given. Raises Malformed for anything else or another session's."""
    try:
        attempt, session, cart, version, quote_hash, agreement = _serializer().loads(text)
    except (BadSignature, ValueError) as wrong:
        raise Malformed(
            _("This form was not made by us. Please open the checkout again.")
        ) from wrong
    if UUID(session) != session_id:
        raise Malformed(_("This form belongs to another sign-in. Please open the checkout again."))
    return Attempt(
        id=UUID(attempt),
        session_id=UUID(session),
        cart_id=UUID(cart),
        cart_version=version,
        quote_hash=quote_hash,
        needs_agreement=agreement,
    )


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="checkout-attempt")
