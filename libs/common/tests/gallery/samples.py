"""Made-up content in both languages, shaped like what the services hand to the layout."""

from datetime import UTC, datetime
from typing import Any

from common.money import Money

PAGES = ("links", "link_form", "order", "parts", "shop", "product", "checkout", "gate", "signin")
SIZES = ["XS", "S", "M", "L", "XL"]
COLOURS = [
    ("#e9e4d8", "Ecru", "生成り"),
    ("#2d3340", "Ink", "墨"),
    ("#7d8a78", "Sage", "青磁"),
    ("#8c4a3c", "Brick", "煉瓦"),
]
PRODUCTS = [
    ("overshirt", "Workroom Overshirt", "ワークルーム オーバーシャツ", "MK-1042", 14800),
    ("knit", "Harbour Crewneck Knit", "ハーバー クルーネックニット", "MK-2010", 12600),
    ("trousers", "Wide Pleat Trousers", "ワイドプリーツトラウザーズ", "MK-3007", 13200),
    ("coat", "Balmacaan Coat", "バルマカーンコート", "MK-5001", 36400),
    ("skirt", "Long Pleated Skirt", "ロングプリーツスカート", "MK-3110", 11900),
    ("tee", "Heavy Cotton Tee", "ヘビーコットンTシャツ", "MK-1001", 4900),
    ("scarf", "Field Scarf", "フィールドスカーフ", "MK-8003", 5200),
    ("loafers", "Soft Loafers", "ソフトローファー", "MK-9002", 19800),
]
NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def samples(language: str) -> dict[str, Any]:
    """Return what the gallery's pages need, in "en" or "ja"."""
    is_ja = language == "ja"
    return {
        "ja": is_ja,
        "noon": NOON,
        "sizes": SIZES,
        "rows": [_row(colour, at, is_ja) for at, colour in enumerate(COLOURS)],
        "products": [_product(row, is_ja) for row in PRODUCTS],
        "shop": _shop(is_ja),
        "money": Money,
        "brands": [
            {"name": "Maison Kito", "url": "#", "is_current": True},
            {"name": "Aoi Works", "url": "#", "is_current": False},
        ],
    }


def _row(colour: tuple[str, str, str], at: int, is_ja: bool) -> dict[str, Any]:
    cells: list[dict[str, Any] | None] = [
        {"catalog_id": "c1", "sku_id": f"{at}-{size}", "quantity": 0} for size in SIZES
    ]
    if at == 3:
        cells[0] = None
    return {"label": colour[2] if is_ja else colour[1], "hex": colour[0], "cells": cells}


def _product(row: tuple[str, str, str, str, int], is_ja: bool) -> dict[str, Any]:
    kind, english, japanese, number, yen = row
    name = japanese if is_ja else english
    return {
        "url": "product",
        "name": name,
        "number": number,
        "price": Money(yen, "JPY") if kind != "scarf" else None,
        "list_price": Money(yen * 2, "JPY") if kind == "coat" else None,
        "image": {"url": f"/pictures/{kind}.webp", "alt": name},
        "swatches": [{"hex": c[0], "name": c[2 if is_ja else 1]} for c in COLOURS],
    }


def _shop(is_ja: bool) -> dict[str, Any]:
    names = (
        ("2026年秋冬", "定番", "アーカイブ")
        if is_ja
        else ("Autumn Winter 2026", "Essentials", "Archive")
    )
    return {
        "brand_name": "Maison Kito",
        "home_url": "shop",
        "catalogs": [{"name": n, "url": "shop", "is_current": i == 0} for i, n in enumerate(names)],
        "cart_url": "checkout",
        "cart_units": 24,
        "buyer_name": "セレクトショップ青葉" if is_ja else "Selectshop Aoba",
        "sign_out_url": "/out",
        "contacts": [
            {
                "first_name": "Haruka",
                "last_name": "Mori",
                "email": "haruka@example.com",
                "phone": "+81 3 5555 0142",
            }
        ],
    }
