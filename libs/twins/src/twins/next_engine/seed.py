"""The world a fresh twin shows: one company, its shops and patterns, ready to be connected."""

from twins.next_engine.company import Company, Person
from twins.next_engine.world import World

COMPANY = "NE_EXAMPLE_1"
PERSON = "u-2f1c"
OUR_SHOP = "2"
OUR_PATTERN = "11"

_LIVE, _DELETED = "0", "1"
_TAX_INCLUDED, _TAX_EXCLUDED = "0", "1"
_GENERAL_FORMAT = "90"
_MALL_FORMAT = "100035"

_SHOPS = (
    ("2", "自社サイト 卸", _TAX_EXCLUDED, _LIVE),
    ("3", "自社サイト 税込", _TAX_INCLUDED, _LIVE),
    ("4", "自社サイト 卸 2号店", _TAX_EXCLUDED, _LIVE),
    ("9", "閉店した店舗", _TAX_EXCLUDED, _DELETED),
)
_PATTERNS = (
    ("4", "モールA", _MALL_FORMAT, "2", _LIVE),
    ("11", "自社サイト 汎用", _GENERAL_FORMAT, "2", _LIVE),
    ("12", "自社サイト 汎用 (旧)", _GENERAL_FORMAT, "2", _DELETED),
    ("13", "税込店舗 汎用", _GENERAL_FORMAT, "3", _LIVE),
    ("14", "2号店 汎用", _GENERAL_FORMAT, "4", _LIVE),
)
_PAYMENTS = ("クレジットカード", "銀行振込", "代金引換", "請求書払い", "売掛", "その他")
_DELIVERIES = ("宅配便", "ヤマト運輸", "佐川急便", "日本郵便", "その他")


def seed_company(world: World, *, ne_id: str = COMPANY, name: str = "例示商店") -> Company:
    """Add a company with the example's shops, patterns and text conversions, or return it."""
    with world.lock:
        if ne_id not in world.companies:
            company = Company(ne_id=ne_id, name=name, kana="レイジショウテン", ids=world.ids)
            company.people[PERSON] = Person(uid=PERSON)
            for shop in _SHOPS:
                _add_shop(company, *shop)
            for pattern, label, file_format, shop_id, deleted in _PATTERNS:
                _add_pattern(
                    company,
                    pattern,
                    label,
                    file_format=file_format,
                    shop=shop_id,
                    deleted=deleted,
                )
            _add_conversions(company, "siharai_kbn", _PAYMENTS)
            _add_conversions(company, "hasou_kbn", _DELIVERIES)
            world.companies[ne_id] = company
        return world.companies[ne_id]


def add_shop(
    company: Company, shop_id: str, name: str, *, tax_included: bool, pattern: str
) -> None:
    """Add a live shop with its own upload pattern for the general format."""
    _add_shop(company, shop_id, name, _TAX_INCLUDED if tax_included else _TAX_EXCLUDED, _LIVE)
    _add_pattern(
        company,
        pattern,
        f"{name} 汎用",
        file_format=_GENERAL_FORMAT,
        shop=shop_id,
        deleted=_LIVE,
    )


def _add_pattern(
    company: Company, pattern: str, name: str, *, file_format: str, shop: str, deleted: str
) -> None:
    prefix = "receive_order_upload_pattern_"
    company.patterns.add(
        {
            f"{prefix}id": pattern,
            f"{prefix}name": name,
            f"{prefix}format_id": file_format,
            f"{prefix}shop_id": shop,
            f"{prefix}deleted_flag": deleted,
        }
    )


def _add_shop(company: Company, shop_id: str, name: str, tax: str, deleted: str) -> None:
    company.shops.add(
        {
            "shop_id": shop_id,
            "shop_name": name,
            "shop_abbreviated_name": name[:4],
            "shop_mall_id": "90",
            "shop_tax_id": tax,
            "shop_tax_name": "税込み" if tax == _TAX_INCLUDED else "税抜き",
            "shop_tax_calculation_sequence_id": "0",
            "shop_currency_unit_id": "1",
            "shop_currency_unit_name": "円",
            "shop_deleted_flag": deleted,
        }
    )


def _add_conversions(company: Company, kind: str, texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts, start=1):
        company.conversions.add(
            {
                "payment_delivery_convert_text": text,
                "payment_delivery_convert_type": kind,
                "payment_delivery_convert_multi_id": str(number),
                "payment_delivery_convert_delivery_id": str(number),
            }
        )
