"""The staff's settings of NEXT ENGINE, as they stand."""

from flask import Blueprint, render_template

from checkout.store.next_engine import find_shop
from checkout.web.brand_parts import of_each_brand

bp = Blueprint("settings", __name__)


@bp.get("/next-engine")
def show_next_engine() -> str:
    parts = of_each_brand(lambda session, brand: find_shop(session, brand_id=brand))
    return render_template("checkout/next_engine.html", parts=parts)
