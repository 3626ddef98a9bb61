"""The web process: `python -m catalog.app`."""

import os

from flask import Flask

from catalog.deps import Deps, make_deps
from catalog.settings import Settings
from catalog.store.personal import REGISTER
from catalog.web import (
    api,
    api_catalog_rates,
    api_catalog_showing,
    api_catalogs,
    api_lookbooks,
    api_product_imports,
    api_products,
    api_products_more,
    api_taxes,
    health,
    internal,
    line_sheets,
    order_sheets,
    shop,
    staff,
)
from common.web.app import create_app as create_service_app
from common.web.serve import serve
from common.web.standard_order import answer_standard_orders


def create_app(deps: Deps) -> Flask:
    """Return the app over these parts."""
    app = create_service_app(
        deps=deps,
        import_name=__name__,
        pages_=[shop.bp, order_sheets.bp, line_sheets.bp, staff.bp],
        api=[
            api.bp,
            api_products.bp,
            api_products_more.bp,
            api_products_more.files_bp,
            api_product_imports.bp,
            api_catalogs.bp,
            api_catalog_rates.bp,
            api_catalog_showing.bp,
            api_lookbooks.bp,
            api_taxes.bp,
        ],
        internal_=[internal.bp],
        checks=health.CHECKS,
        privacy=REGISTER,
    )
    answer_standard_orders(app, shop.bp, order_sheets.bp, line_sheets.bp, at=("buyer_id",))
    return app


if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    serve(own, lambda: create_app(make_deps(own)))
