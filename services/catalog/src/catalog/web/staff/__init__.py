"""The staff's pages: catalogs, products, lookbooks. One module per page or form."""

from catalog.web.staff import (
    access,
    catalog_editing,
    catalog_products,
    catalog_showing,
    catalogs,
    lookbook_editing,
    lookbooks,
    product_editing,
    product_images,
    product_imports,
    product_prices,
    product_skus,
    products,
    products_bulk,
    rates,
    taxes,
)
from catalog.web.staff.room import bp

__all__ = [
    "access",
    "bp",
    "catalog_editing",
    "catalog_products",
    "catalog_showing",
    "catalogs",
    "lookbook_editing",
    "lookbooks",
    "product_editing",
    "product_images",
    "product_imports",
    "product_prices",
    "product_skus",
    "products",
    "products_bulk",
    "rates",
    "taxes",
]
