"""Who lives where. A new twin is one more entry in TWINS."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, render_template, request

from twins.inputs import BadInput
from twins.mail.site import add_mail
from twins.next_engine.site import add_next_engine
from twins.settings import Settings
from twins.stripe.site import add_stripe


@dataclass(frozen=True)
class Twin:
    """One stand-in: where it is reached, what it stands for, and how to add it to the app."""

    prefix: str
    name: str
    about: str
    add: Callable[[Flask, Settings], Blueprint]
    """Puts the twin's state into `app.extensions` and returns its blueprint."""


TWINS = (
    Twin(
        "/next-engine",
        "NEXT ENGINE",
        "Sign-in, tokens that rotate, order upload, import queue, searches.",
        add_next_engine,
    ),
    Twin(
        "/stripe",
        "Stripe",
        "Payment pages on connected accounts, refunds, signed webhooks.",
        add_stripe,
    ),
    Twin("/mail", "Mail", "Every message that the SMTP port has accepted.", add_mail),
)


def create_app(settings: Settings) -> Flask:
    """Build the one app of all twins, each under its prefix, with the list of them at /."""
    app = Flask("twins", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = 100 * 1024 * 1024
    app.config["PUBLIC_URL"] = settings.public_url
    for twin in TWINS:
        app.register_blueprint(twin.add(app, settings), url_prefix=twin.prefix)
    app.add_url_rule("/", view_func=list_twins)
    app.add_url_rule("/health", view_func=show_health)
    app.before_request(refuse_other_sites)
    app.after_request(mark)
    app.register_error_handler(BadInput, answer_bad_input)
    return app


def list_twins() -> str:
    return render_template("home.html", twins=TWINS)


def show_health() -> dict[str, object]:
    return {"twins": {twin.prefix.strip("/"): twin.name for twin in TWINS}}


def refuse_other_sites() -> tuple[str, int] | None:
    """Let no foreign page in a developer's browser turn the switches."""
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site", "none") not in (
        "none",
        "same-origin",
    ):
        return "Refused: the request comes from another site.\n", 403
    return None


def mark(response: Response) -> Response:
    """Say on every answer that this is not the real thing (behaviour 48)."""
    response.headers["X-Orderlink-Twin"] = request.path.split("/")[1] or "home"
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'",
    )
    return response


def answer_bad_input(error: BadInput) -> tuple[dict[str, str], int]:
    return {"error": str(error)}, 400
