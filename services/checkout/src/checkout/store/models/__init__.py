"""The tables of checkout, by topic."""

from checkout.store.models.carts import Cart, CartLine, CheckoutAttempt, QuoteRow
from checkout.store.models.orders import (
    LedgerEntry,
    Order,
    OrderLine,
    OrderNumberSequence,
    Slip,
)
from checkout.store.models.payments import Payment, PaymentDirectory, StripeAccount, StripeEvent
from checkout.store.models.settings import (
    BrandDirectory,
    NextEngineCompany,
    NextEngineConnection,
    NextEngineShop,
    PaymentSettings,
    RateGroupRow,
    ShippingRateRow,
)
from common.audit import AuditEntry
from common.delivery import DELIVERY_TABLES

GLOBAL_TABLES = DELIVERY_TABLES | {
    BrandDirectory.__tablename__,
    StripeAccount.__tablename__,
    PaymentDirectory.__tablename__,
    NextEngineCompany.__tablename__,
}
"""Tables without a tenant: ids and deliveries only."""

__all__ = [
    "GLOBAL_TABLES",
    "AuditEntry",
    "BrandDirectory",
    "Cart",
    "CartLine",
    "CheckoutAttempt",
    "LedgerEntry",
    "NextEngineCompany",
    "NextEngineConnection",
    "NextEngineShop",
    "Order",
    "OrderLine",
    "OrderNumberSequence",
    "Payment",
    "PaymentDirectory",
    "PaymentSettings",
    "QuoteRow",
    "RateGroupRow",
    "ShippingRateRow",
    "Slip",
    "StripeAccount",
    "StripeEvent",
]
