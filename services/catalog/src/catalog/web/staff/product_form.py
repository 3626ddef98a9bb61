"""The product form: its fields as text, from a product, from what was sent, and on to a draft."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from flask import request

from catalog.domain.product_rules import ProductDraft
from catalog.domain.sku_template import Colour, SkuTemplate
from catalog.gateways.identity import Brand
from catalog.store.models import Product, Sku
from catalog.usecases.save_skus import template_of
from catalog.web.staff.room import texts_sent
from common.errors import FieldError, Invalid

TEXTS = ("names", "descriptions", "materials")
BETWEEN = re.compile(r"[,、，\n]")
GREY = "#808080"


@dataclass
class ColourRow:
    code: str = ""
    names: dict[str, str] = field(default_factory=dict)
    hex: str = GREY

    @property
    def is_filled(self) -> bool:
        return bool(self.code or any(name.strip() for name in self.names.values()))


@dataclass
class ProductForm:
    """The form's fields as text; nothing typed is lost by an error."""

    model_number: str = ""
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    materials: dict[str, str] = field(default_factory=dict)
    category: str = ""
    tax_id: str = ""
    colours: list[ColourRow] = field(default_factory=list)
    sizes: str = ""
    version: int = 0


def form_of(product: Product, skus: list[Sku]) -> ProductForm:
    """Return the product as the form shows it."""
    template = template_of(skus)
    return ProductForm(
        model_number=product.model_number,
        names=dict(product.names),
        descriptions=dict(product.descriptions),
        materials=dict(product.materials),
        category=product.category,
        tax_id=str(product.tax_id or ""),
        colours=[ColourRow(each.code, dict(each.names), each.hex) for each in template.colours],
        sizes=", ".join(template.sizes),
        version=product.version,
    )


def form_sent(brand: Brand) -> ProductForm:
    """Return what was typed; empty rows of colours stay while more are asked for."""
    sent = request.form
    return ProductForm(
        **{name: texts_sent(name, brand.languages) for name in TEXTS},
        model_number=sent.get("model_number", "").strip(),
        category=sent.get("category", "").strip(),
        tax_id=sent.get("tax_id", ""),
        colours=[row for row in _rows_sent(brand.languages) if row.is_filled or wants_more()],
        sizes=sent.get("sizes", ""),
        version=sent.get("version", 0, type=int),
    )


def wants_more() -> bool:
    """Say whether the form was sent only to get more rows for colours."""
    return "more" in request.form


def draft_of(form: ProductForm) -> tuple[ProductDraft, SkuTemplate]:
    """Return what the form means. Raises Invalid for a tax that is no id."""
    draft = ProductDraft(
        model_number=form.model_number,
        names=form.names,
        descriptions=form.descriptions,
        materials=form.materials,
        category=form.category,
        tax_id=tax_chosen(form.tax_id),
    )
    colours = tuple(
        Colour(row.code, {k: v.strip() for k, v in row.names.items() if v.strip()}, row.hex)
        for row in form.colours
    )
    sizes = tuple(size.strip() for size in BETWEEN.split(form.sizes) if size.strip())
    return draft, SkuTemplate(colours, sizes)


def tax_chosen(text: str) -> UUID | None:
    """Return the id of the tax that was chosen. Raises Invalid for what is no id."""
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        error = FieldError("tax_id", "unknown", "There is no such tax.")
        raise Invalid("Some fields are not right.", errors=[error]) from wrong


def _rows_sent(languages: tuple[str, ...]) -> list[ColourRow]:
    codes = request.form.getlist("colour_codes")
    hexes = request.form.getlist("colour_hexes")
    names = {each: request.form.getlist(f"colour_names.{each}") for each in languages}
    return [
        ColourRow(
            code.strip(),
            {each: texts[at] if at < len(texts) else "" for each, texts in names.items()},
            hexes[at] if at < len(hexes) else GREY,
        )
        for at, code in enumerate(codes)
    ]
