"""What checkout holds of people: carts go, orders keep what the brand's books need."""

from checkout.store.models import GLOBAL_TABLES
from checkout.store.orders_of_person import find_open_work, find_orders, keep_for_the_law
from common.privacy import (
    EMPTY,
    GONE,
    MENTIONS,
    NULL,
    Held,
    Register,
    kept,
    only,
    within,
)
from common.privacy.machinery import (
    AUDIT,
    AUDIT_HARMLESS,
    DELIVERY,
    DELIVERY_HARMLESS,
    DELIVERY_PASSING,
    find_undelivered,
)

LAW = "the brand's duty to keep books, until the term ends (ORDER_PERSONAL_YEARS)"
OF_ORDERS = "order_id in (select id from orders where buyer_id = any(:buyer_ids))"
OF_CARTS = "cart_id in (select id from carts where buyer_id = any(:buyer_ids))"
OF_ATTEMPTS = "(select id from checkout_attempts where buyer_id = any(:buyer_ids))"

ORDERS = (
    Held(
        table="orders",
        what="Orders",
        where="buyer_id = any(:buyer_ids)",
        columns={
            "buyer_name": kept(LAW),
            "address": within({"phone": EMPTY}, rest=LAW),
            "snapshot": within({"buyer.contact_email": NULL, "recipients": EMPTY}, rest=LAW),
            "comment": NULL,
            "po_number": kept(LAW),
            "internal_note": NULL,
            "operator": kept("the brand's own person, who ordered on the buyer's behalf"),
        },
        shows=("order_number", "submitted_at", "catalog_name", "units", "total_minor", "currency"),
        stays=f"Number, lines and amounts for good; name and address: {LAW}.",
    ),
    Held(
        table="order_lines",
        what="Lines of orders",
        where=OF_ORDERS,
        columns={"note": kept(LAW)},
        shows=("sku_number", "product_name", "quantity", "amount_minor", "amount_currency"),
        stays="All of it: what was agreed.",
    ),
    Held(
        table="ledger_entries",
        what="What became of the mails about orders",
        where=f"({OF_ORDERS} or lower(recipient) = any(:emails))",
        columns={"recipient": NULL, "note": MENTIONS},
        shows=("kind", "state", "what", "changed_at"),
        stays="That a mail went out, and when.",
    ),
    Held(
        table="next_engine_slips",
        what="Uploads of orders to NEXT ENGINE",
        where=OF_ORDERS,
        columns={"reason": MENTIONS},
        shows=("slip_number", "state", "changed_at"),
        stays="All else. NEXT ENGINE keeps its own copy, which the brand erases there.",
    ),
)
PAYMENTS = (
    Held(
        table="payments",
        what="Card payments",
        where=f"id in {OF_ATTEMPTS}",
        columns={"buyer_name": kept(LAW), "confirmed": only("brand"), "note": MENTIONS},
        shows=("state", "amount_minor", "currency", "submitted_at", "paid_at", "refunded_at"),
        stays="Amount, state and Stripe's references. Stripe keeps its own copy.",
    ),
    Held(
        table="stripe_events",
        what="What Stripe told of card payments",
        where=f"payment_id in {OF_ATTEMPTS}",
        columns={"body": EMPTY},
        shows=("type", "received_at"),
        stays="The rest goes by itself after 35 days.",
    ),
)
CARTS = (
    Held(
        table="cart_lines",
        what="What lies in carts",
        where=OF_CARTS,
        columns={"note": GONE},
        shows=("quantity", "added_at"),
        goes=True,
    ),
    Held(
        table="quotes",
        what="Sums that were shown before ordering",
        where=OF_CARTS,
        columns={"breakdown": GONE},
        shows=("created_at",),
        goes=True,
    ),
)
REGISTER = Register(
    service="checkout",
    held=(*ORDERS, *PAYMENTS, *CARTS, *AUDIT, *DELIVERY),
    passing=DELIVERY_PASSING,
    harmless={
        **DELIVERY_HARMLESS,
        **AUDIT_HARMLESS,
        "checkout_attempts": "quote_hash content_hash state answer",
        "ledger_entries": "kind subject state what",
        "next_engine_companies": "company_id state",
        "next_engine_connections": "company_id company_name access_token refresh_token state"
        " last_error",
        "next_engine_shops": "shop_id pattern_id csv_encoding",
        "next_engine_slips": "slip_number state cure remote_id",
        "order_lines": "sku_number model_number product_name properties unit_price_currency"
        " amount_currency",
        "order_number_sequences": "prefix",
        "orders": "order_number state catalog_name buyer_kind method payment_method"
        " deposit_percent language currency",
        "payment_settings": "stripe_account_id commerce_page_url",
        "payments": "account_id currency state closing_reason stripe_session_id page_url"
        " payment_intent_id refund_id",
        "quotes": "hash",
        "rate_groups": "code name currency country",
        "shipping_rates": "code name prefectures",
        "stripe_accounts": "account_id",
        "stripe_events": "id account_id type",
    },
    global_tables=GLOBAL_TABLES,
    find_blocks=(find_undelivered, find_open_work),
    before=(keep_for_the_law,),
    find_orders=find_orders,
)
