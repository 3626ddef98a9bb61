"""What catalog holds of people: the order sheets that they filled, and who brought files."""

from catalog.store import import_models, order_sheet_models  # noqa: F401 - their tables are named here.
from catalog.store.models import GLOBAL_TABLES
from common.delivery import DELIVERY_TABLES
from common.privacy import GONE, Held, Register
from common.privacy.machinery import (
    DELIVERY,
    DELIVERY_HARMLESS,
    DELIVERY_PASSING,
    find_undelivered,
)

REGISTER = Register(
    service="catalog",
    held=(
        Held(
            table="order_sheets",
            what="Order sheets that the person filled",
            where="buyer_id = any(:buyer_ids)",
            columns={"file_name": GONE, "head": GONE, "rows": GONE},
            shows=("created_at",),
            goes=True,
        ),
        *DELIVERY,
    ),
    passing={
        **DELIVERY_PASSING,
        "product_imports.actor_name": "who of the brand brought the file, by name alone; as long as"
        " the brand keeps it",
    },
    harmless={
        **DELIVERY_HARMLESS,
        "brand_makers": "default_language",
        "catalogs": "code names descriptions status payment_methods shipping_rows hero_key"
        " minimum_amounts lookbook_ids videos",
        "lookbooks": "names status keys alts",
        "prices": "currency",
        "product_import_rows": "model_number fate cells notes result",
        "product_images": "key colour alts",
        "product_imports": "file_name settings columns state",
        "products": "model_number names descriptions materials category search_text",
        "rate_overrides": "kind",
        "skus": "number colour colour_names colour_hex size",
        "stored_pictures": "key",
        "taxes": "names country rounding",
    },
    global_tables=GLOBAL_TABLES | set(DELIVERY_TABLES),
    find_blocks=(find_undelivered,),
)
