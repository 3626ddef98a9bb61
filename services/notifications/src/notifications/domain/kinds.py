"""The kinds of mail. A kind's name is the name of its folder under templates/mail."""

ORDER_COMPLETED_BUYER = "order_completed_buyer"
ORDER_COMPLETED_BRAND = "order_completed_brand"
CLAIM = "claim"

REQUESTED = frozenset({CLAIM})
"""Kinds that identity asks for; each has a page or code behind its reference."""
