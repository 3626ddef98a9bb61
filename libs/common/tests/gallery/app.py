"""A small app that shows the layout with made-up content, under the same strict policy as a service."""

from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

import common
from common.web import i18n
from common.web.pages import instant, money, number
from common.web.security import POLICY
from gallery.samples import PAGES, samples

STATIC = Path(str(common.__file__)).parent / "static"
TRANSLATIONS = Path(str(common.__file__)).parent / "translations"
NONCE = "gallery"


def create_app(pictures: Path | None = None) -> Flask:
    """Return the gallery; `pictures` is a folder of generated photographs, by name."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="gallery")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    templates = PackageLoader("gallery")
    app.jinja_env.loader = ChoiceLoader([templates, PackageLoader("common")])
    app.jinja_env.globals.update(
        static=lambda path: f"/static/{path}?v=1",
        csrf_token=lambda: "token",
        csrf_field=lambda: Markup('<input type="hidden" name="csrf_token" value="token">'),
    )
    app.jinja_env.filters.update(money=money, instant=instant, number=number)
    i18n.install(app, directories=[TRANSLATIONS])
    app.context_processor(_context)
    _add_routes(app, pictures)
    return app


def _context() -> dict[str, Any]:
    return {
        "claims": None,
        "language": i18n.language(),
        "nonce": NONCE,
        "request_id": "018f3a2e-7c41-7b52-9d0e-2f6c1e5a9b10",
    }


def _add_routes(app: Flask, pictures: Path | None) -> None:
    cart: dict[tuple[str, str], int] = {}
    versions = count(1)

    @app.get("/static/common/<path:name>")
    def show_static(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @app.get("/pictures/<path:name>")
    def show_picture(name: str) -> Response:
        if pictures is None:
            abort(404)
        return send_from_directory(pictures, name)

    @app.get("/")
    def show_index() -> str:
        return render_template("gallery/index.html", pages=PAGES)

    @app.get("/error/<int:status>")
    def show_error(status: int) -> str:
        return render_template("layout/error.html", status=status)

    @app.get("/<page>")
    def show_page(page: str) -> str:
        if page not in PAGES:
            abort(404)
        return render_template(
            f"gallery/{page}.html", **samples(request.args.get("language", "en"))
        )

    @app.get("/cart/demo/lines")
    def read_cart() -> Response:
        lines = [{"catalog_id": c, "sku_id": s, "quantity": q} for (c, s), q in cart.items()]
        return jsonify(version=next(versions), lines=lines, **sums())

    @app.put("/cart/demo/lines")
    def change_line() -> tuple[Response, int] | Response:
        line = request.get_json()
        if line["quantity"] > 500:
            return jsonify(detail="No more than 500 of this size."), 422
        cart[line["catalog_id"], line["sku_id"]] = line["quantity"]
        return jsonify(version=next(versions), quantity=line["quantity"], **sums())

    def sums() -> dict[str, Any]:
        """Return units and amounts as checkout answers them."""
        units = sum(cart.values())
        return {"units": units, "amounts": [{"minor": units * 9800, "currency": "JPY"}]}

    @app.after_request
    def add_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY.format(
            nonce=NONCE, forms="", frames=""
        )
        return response
