"""A company's shops and the upload patterns that lead to them."""

from dataclasses import dataclass
from datetime import datetime

from checkout.gateways.next_engine.call import NextEngine

SHOPS = "/api_v1_master_shop/search"
PATTERNS = "/api_v1_receiveorder_uploadpattern/info"
GENERAL_FORMAT = "90"
"""汎用標準パターン, the only format that we write."""
TAX_INCLUDED = "0"
PREFIX = "receive_order_upload_pattern_"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where orders can go: a live shop by one of its patterns of the general format."""

    shop_id: str
    shop_name: str
    pattern_id: str
    pattern_name: str
    keeps_prices_with_tax: bool
    """Such a shop cannot take our prices, which are without tax (D22)."""

    @property
    def key(self) -> str:
        return f"{self.shop_id}:{self.pattern_id}"


def list_destinations(engine: NextEngine, *, now: datetime) -> list[Destination]:
    """Return the company's destinations as they list them. Raises NotSuccessful, NoAnswer."""
    fields = {"fields": "shop_id,shop_name,shop_tax_id,shop_deleted_flag"}
    rows = engine.call(SHOPS, fields, now=now).get("data") or []
    shops = {str(r["shop_id"]): r for r in rows if str(r.get("shop_deleted_flag")) != "1"}
    patterns = engine.call(PATTERNS, {}, now=now).get("data") or []
    return [
        Destination(
            shop_id=shop_id,
            shop_name=str(shops[shop_id].get("shop_name") or shop_id),
            pattern_id=str(pattern[f"{PREFIX}id"]),
            pattern_name=str(pattern.get(f"{PREFIX}name") or ""),
            keeps_prices_with_tax=str(shops[shop_id].get("shop_tax_id")) == TAX_INCLUDED,
        )
        for pattern in patterns
        if str(pattern.get(f"{PREFIX}format_id")) == GENERAL_FORMAT
        and str(pattern.get(f"{PREFIX}deleted_flag")) != "1"
        and (shop_id := str(pattern.get(f"{PREFIX}shop_id"))) in shops
    ]
