"""What a buyer writes to the brand with an order: comment and PO number, of each order its own."""

from collections.abc import Mapping
from uuid import UUID

from checkout.domain.confirmed import Confirmed, OrderNote
from checkout.domain.judgement import Judgement
from common.errors import FieldError, Invalid

LONGEST = {"comment": 1000, "po_number": 50}


def typed_notes(values: Mapping[str, str]) -> dict[str, str]:
    """Return the texts by their fields' names: `comment.<catalog>`, or `comment` for every order."""
    return {
        field: text.strip() if name == "comment" else " ".join(text.split())
        for field, text in values.items()
        for name, _, _catalog in [field.partition(".")]
        if name in LONGEST
    }


def notes_again(confirmed: Confirmed) -> dict[str, str]:
    """Return the texts as they were typed for what was confirmed."""
    notes = [confirmed.note_for(order.catalog_id) for order in confirmed.quote.orders]
    texts = {f"comment.{note.catalog_id}": note.comment for note in notes}
    texts |= {f"po_number.{note.catalog_id}": note.po_number for note in notes}
    return {field: text for field, text in texts.items() if text}


def note_field(name: str, catalog_id: UUID, *, is_only: bool) -> str:
    """Return the name of an order's field; the only order's is plain."""
    return name if is_only else f"{name}.{catalog_id}"


def note_text(typed: Mapping[str, str], name: str, catalog_id: UUID) -> str:
    return typed.get(f"{name}.{catalog_id}", typed.get(name, ""))


def order_notes(typed: Mapping[str, str], judgement: Judgement) -> tuple[OrderNote, ...]:
    """Return each order's; a comment only where the catalog asks. Raises Invalid for long texts."""
    ids = [each.catalog_id for each in judgement.quote.orders] if judgement.quote else []
    errors = [
        FieldError(note_field(name, each, is_only=len(ids) == 1), "too_long", "This is too long.")
        for each in ids
        for name, most in LONGEST.items()
        if (name != "comment" or each in judgement.commented)
        and len(note_text(typed, name, each)) > most
    ]
    if errors:
        raise Invalid("Some fields are too long.", errors=errors)
    return tuple(_note(typed, each, judgement) for each in ids)


def _note(typed: Mapping[str, str], catalog_id: UUID, judgement: Judgement) -> OrderNote:
    is_asked = catalog_id in judgement.commented
    return OrderNote(
        catalog_id=catalog_id,
        comment=(note_text(typed, "comment", catalog_id) or None) if is_asked else None,
        po_number=note_text(typed, "po_number", catalog_id) or None,
    )
