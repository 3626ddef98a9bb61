"""The web process of checkout."""

import os

from flask import Flask

from checkout.counts import next_engine_depths
from checkout.deps import Deps, make_deps
from checkout.settings import Settings
from checkout.store.personal import REGISTER
from checkout.web import (
    api,
    audit,
    carts,
    checkouts,
    internal,
    internal_carts,
    order_list,
    orders,
    paying,
    template_words,
    user_orders,
    webhooks,
)
from checkout.web.next_engine import api as next_engine_api
from checkout.web.next_engine import pages as next_engine
from checkout.web.payment_settings import api as card_api
from checkout.web.payment_settings import pages as payment_settings
from checkout.web.shipping import api as shipping_api
from checkout.web.shipping import groups, rates
from common.web import app as web_app
from common.web.serve import serve
from common.web.standard_order import answer_standard_orders


def create_app(deps: Deps) -> Flask:
    """Return the app over these parts."""
    app = web_app.create_app(
        deps=deps,
        import_name=__name__,
        pages_=[
            carts.bp,
            checkouts.bp,
            paying.bp,
            webhooks.bp,
            audit.bp,
            order_list.bp,
            orders.bp,
            user_orders.bp,
            groups.bp,
            rates.bp,
            payment_settings.bp,
            next_engine.bp,
            template_words.bp,
        ],
        api=[api.bp, audit.api_bp, shipping_api.bp, card_api.bp, next_engine_api.bp],
        internal_=[internal.bp, internal_carts.bp],
        watched=[next_engine_depths],
        privacy=REGISTER,
    )
    answer_standard_orders(app, carts.bp, checkouts.bp, paying.bp, at=("buyer_id", "catalog_id"))
    return app


def main() -> None:
    settings = Settings.from_env(os.environ)
    serve(settings, lambda: create_app(make_deps(settings)))


if __name__ == "__main__":
    main()
