"""Making, editing and deleting a lookbook (R151)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.lookbook_rules import LookbookDraft, lookbook_errors
from catalog.domain.typed_word import demand_word
from catalog.store.lookbooks import (
    find_by_numbers,
    known_pictures,
    put_credits,
    remove_lookbook,
)
from catalog.store.models import Lookbook
from catalog.usecases.save_catalog import ChangedMeanwhile, said_texts
from common.errors import FieldError, Invalid


def create_lookbook(
    session: Session,
    draft: LookbookDraft,
    *,
    maker_id: UUID,
    brand_id: UUID,
    model_numbers: Sequence[str],
) -> Lookbook:
    """Make a lookbook with its pictures. Raises Invalid."""
    check_lookbook(draft)
    _demand_pictures(session, draft.keys, brand_id=brand_id)
    book = Lookbook(
        maker_id=maker_id,
        brand_id=brand_id,
        names=said_texts(draft.names),
        status=draft.status,
        keys=list(draft.keys),
        alts=_words(draft),
    )
    session.add(book)
    session.flush()
    put_credits(session, book, _credited(session, brand_id, model_numbers))
    return book


def update_lookbook(
    session: Session,
    book: Lookbook,
    draft: LookbookDraft,
    *,
    version: int,
    model_numbers: Sequence[str],
) -> None:
    """Change the locked lookbook; only its own pictures stay. Raises ChangedMeanwhile, Invalid."""
    if book.version != version:
        raise ChangedMeanwhile("Somebody else has saved this lookbook meanwhile.")
    check_lookbook(draft)
    added = [key for key in draft.keys if key not in book.keys]
    _demand_pictures(session, added, brand_id=book.brand_id)
    credited = _credited(session, book.brand_id, model_numbers)
    book.names, book.status = said_texts(draft.names), draft.status
    book.keys, book.alts = list(draft.keys), _words(draft)
    book.version += 1
    put_credits(session, book, credited)


def delete_lookbook(session: Session, book: Lookbook, *, word: str) -> None:
    """Delete the locked lookbook; links that name it just miss it. Raises Invalid."""
    demand_word(word)
    remove_lookbook(session, book)


def check_lookbook(draft: LookbookDraft) -> None:
    """Raise Invalid naming every field that is wrong."""
    errors = lookbook_errors(draft)
    if errors:
        raise Invalid("Some fields are not right.", rule="R151", errors=errors)


def _demand_pictures(session: Session, keys: Sequence[str], *, brand_id: UUID) -> None:
    """Raise Invalid for a picture that is not the brand's: its address is no way to another's."""
    if not set(keys) <= known_pictures(session, keys, brand_id=brand_id):
        wrong = FieldError("keys", "unknown", "There is no such picture.")
        raise Invalid("Some fields are not right.", errors=[wrong])


def _words(draft: LookbookDraft) -> dict[str, dict[str, str]]:
    said = {key: said_texts(draft.alts.get(key, {})) for key in draft.keys}
    return {key: texts for key, texts in said.items() if texts}


def _credited(session: Session, brand_id: UUID, model_numbers: Sequence[str]) -> list[UUID]:
    """Return the products of these numbers, in their order. Raises Invalid naming unknown ones."""
    wished = list(dict.fromkeys(model_numbers))
    known = find_by_numbers(session, wished, brand_id=brand_id)
    missing = [number for number in wished if number not in known]
    if missing:
        words = "The brand has no product of one of these model numbers."
        wrong = FieldError("model_numbers", "unknown", words)
        raise Invalid("Some fields are not right.", errors=[wrong])
    return [known[number] for number in wished]
