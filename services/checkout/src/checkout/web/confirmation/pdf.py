"""The confirmation as a file, in the language that was agreed, with the fonts of common.pdf."""

from pathlib import Path

from flask import Response, current_app
from flask_babel import force_locale

from checkout.store.models import Order
from checkout.web.confirmation.words import confirmation_words
from common.pdf import set_document
from common.translations import LANGUAGES

SOURCE = "checkout/confirmation.typ"


def confirmation_response(order: Order) -> Response:
    """Return the order's confirmation to be shown or kept; whoever calls has checked who asks."""
    spoken = order.language.partition("-")[0]
    with force_locale(spoken if spoken in LANGUAGES else LANGUAGES[0]):
        words = confirmation_words(order)
    source = Path(str(current_app.root_path)) / "templates" / SOURCE
    reply = Response(set_document(source, order=words), mimetype="application/pdf")
    name = f"{order.order_number}.pdf"
    reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return reply
