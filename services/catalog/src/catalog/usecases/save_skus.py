"""A product's SKUs: made by its template, numbered by hand (R83)."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.domain.sku_template import (
    Colour,
    SkuDraft,
    SkuTemplate,
    made_number,
    new_places,
    number_taken,
    sku_errors,
)
from catalog.store.keeping import list_skus_of, remove_skus, taken_numbers
from catalog.store.models import Product, Sku
from common.errors import FieldError, Invalid

PER_COLOUR = 1000
"""Positions of one colour's sizes, so that colours stay together."""


def template_of(skus: Sequence[Sku]) -> SkuTemplate:
    """Return the colours and sizes that the SKUs, in the brand's order, have."""
    colours = {sku.colour: Colour(sku.colour, sku.colour_names, sku.colour_hex) for sku in skus}
    by_size: dict[str, int] = {}
    for sku in skus:
        by_size[sku.size] = max(by_size.get(sku.size, 0), sku.position % PER_COLOUR)
    return SkuTemplate(tuple(colours.values()), tuple(sorted(by_size, key=by_size.__getitem__)))


def follow_template(session: Session, product: Product, template: SkuTemplate) -> None:
    """Let the SKUs be of these colours and sizes; an old one keeps its id and number.

    Raises Invalid when a number that would be made is taken.
    """
    skus = list_skus_of(session, product.id)
    old = template_of(skus)
    kept = {(sku.colour, sku.size): _draft(sku) for sku in skus}
    wished = new_places(template, colours={each.code for each in old.colours}, sizes=set(old.sizes))
    drafts = {place: kept[place] for place in template.places() if place in kept}
    for place in wished:
        drafts[place] = SkuDraft(*place, made_number(product.model_number, place))
    put_skus(session, product, template, list(drafts.values()))


def put_skus(
    session: Session, product: Product, template: SkuTemplate, drafts: Sequence[SkuDraft]
) -> None:
    """Let the locked product have exactly these SKUs of the template. Raises Invalid (R83)."""
    errors = sku_errors(template, drafts) or _taken_errors(session, product, drafts)
    if errors:
        raise Invalid("Some fields are not right.", rule="R83", errors=errors)
    there = {(sku.colour, sku.size): sku for sku in list_skus_of(session, product.id)}
    wished = {(draft.colour, draft.size): draft for draft in drafts}
    remove_skus(session, [sku.id for place, sku in there.items() if place not in wished])
    _part_numbers(session, there, wished)
    colours = {colour.code: colour for colour in template.colours}
    for at, colour in enumerate(template.colours):
        for place, size in enumerate(template.sizes):
            draft = wished.get((colour.code, size))
            if draft is not None:
                sku = there.get((colour.code, size)) or _new(session, product, draft)
                _fill(sku, draft, colours[colour.code], at * PER_COLOUR + place)
    _write(session)


def _draft(sku: Sku) -> SkuDraft:
    return SkuDraft(sku.colour, sku.size, sku.number, sku.minimum, sku.multiple)


def _taken_errors(
    session: Session, product: Product, drafts: Sequence[SkuDraft]
) -> list[FieldError]:
    numbers = {draft.number for draft in drafts}
    taken = taken_numbers(session, numbers, brand_id=product.brand_id, but=product.id)
    return [
        number_taken(f"skus.{draft.colour}.{draft.size}")
        for draft in drafts
        if draft.number in taken
    ]


def _part_numbers(
    session: Session,
    there: dict[tuple[str, str], Sku],
    wished: dict[tuple[str, str], SkuDraft],
) -> None:
    """Let two SKUs swap their numbers: each changed one lets go of its own first."""
    changed = [
        sku
        for place, sku in there.items()
        if place in wished and sku.number != wished[place].number
    ]
    for sku in changed:
        sku.number = f"~{sku.id}"
    session.flush()


def _new(session: Session, product: Product, draft: SkuDraft) -> Sku:
    sku = Sku(
        maker_id=product.maker_id,
        brand_id=product.brand_id,
        product_id=product.id,
        number=draft.number,
        colour=draft.colour,
        colour_names={},
        colour_hex="#000000",
        size=draft.size,
        position=0,
    )
    session.add(sku)
    return sku


def _fill(sku: Sku, draft: SkuDraft, colour: Colour, position: int) -> None:
    sku.number, sku.minimum, sku.multiple = draft.number, draft.minimum, draft.multiple
    sku.colour_names, sku.colour_hex, sku.position = dict(colour.names), colour.hex, position


def _write(session: Session) -> None:
    """Flush; of two who take one number at the same instant, the second is told."""
    try:
        session.flush()
    except IntegrityError as clash:
        if "uq_skus_brand_id_number" in str(clash.orig):
            raise Invalid("Some fields are not right.", errors=[number_taken("skus")]) from clash
        raise
