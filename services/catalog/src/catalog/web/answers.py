"""Priced catalogs as prices/read answers them."""

from typing import Any

from catalog.domain.priced import PricedCatalog, PricedLine
from catalog.domain.pricing import TaxLine
from common.money import Money


def priced_answer(priced: PricedCatalog) -> dict[str, Any]:
    """Return one catalog of the answer."""
    return {
        "catalog_id": str(priced.catalog_id),
        "catalog_name": priced.name,
        "is_visible": priced.access.is_visible,
        "is_orderable": priced.reason is None,
        "reason": priced.reason,
        "lines": [_line(line, priced.access.reason) for line in priced.lines],
        "goods": priced.goods.as_json(),
        "taxes": [_tax(line) for line in priced.taxes],
        "has_comment_box": priced.has_comment_box,
        "shipping_rows": list(priced.shipping_rows),
    }


def _line(line: PricedLine, catalog_reason: str | None) -> dict[str, Any]:
    article = line.article
    reason = line.reason or catalog_reason
    return {
        "catalog_id": str(line.asked.catalog_id),
        "sku_id": str(line.asked.sku_id),
        "sku_number": article.sku_number if article else None,
        "product_id": str(article.product_id) if article else None,
        "model_number": article.model_number if article else None,
        "product_name": article.name if article else None,
        "properties": {"colour": article.colour, "size": article.size} if article else {},
        "list_price": _money(line.list_price),
        "unit_price": _money(line.unit_price),
        "rate": line.rate.as_json() if line.rate else None,
        "tax_id": str(line.tax.id) if line.tax else None,
        "quantity": line.asked.quantity,
        "amount": _money(line.amount),
        "is_orderable": reason is None,
        "reason": reason,
    }


def _tax(line: TaxLine) -> dict[str, Any]:
    return {
        "tax_id": str(line.tax.id),
        "name": line.tax.name,
        "percent": f"{line.tax.percent:.2f}",
        "is_reduced": line.tax.is_reduced,
        "rounding": line.tax.rounding,
        "base": line.base.as_json(),
        "amount": line.amount.as_json(),
    }


def _money(amount: Money | None) -> dict[str, Any] | None:
    return amount.as_json() if amount else None
