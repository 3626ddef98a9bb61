"""Set the confirmation with typst, which comes as a wheel and needs no program of the system."""

import json
from functools import lru_cache
from pathlib import Path

import typst
from flask import Response, current_app
from flask_babel import force_locale

from checkout.store.models import Order
from checkout.web.confirmation.words import confirmation_words
from common.translations import LANGUAGES

SOURCE = "checkout/confirmation.typ"


def confirmation_response(order: Order) -> Response:
    """Return the order's confirmation to be shown or kept; whoever calls has checked who asks."""
    spoken = order.language.partition("-")[0]
    with force_locale(spoken if spoken in LANGUAGES else LANGUAGES[0]):
        words = json.dumps(confirmation_words(order), default=str)
    source = Path(str(current_app.root_path)) / "templates" / SOURCE
    content = typst.compile(str(source), sys_inputs={"order": words}, font_paths=_fonts())
    reply = Response(content, mimetype="application/pdf")
    name = f"{order.order_number}.pdf"
    reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return reply


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The machine's fonts, looked for once per process."""
    return typst.Fonts()
