"""Making and editing a catalog (R76, R79, R80)."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.domain.catalog_rules import CatalogDraft, errors_in
from catalog.gateways.checkout import Ordering
from catalog.store.editing import has_code
from catalog.store.models import Catalog
from common.errors import FieldError, Invalid, PreconditionFailed


class ChangedMeanwhile(PreconditionFailed):
    """Somebody else saved this since the page was opened."""

    code = "catalog_changed_meanwhile"


def check_draft(draft: CatalogDraft, ordering: Ordering) -> None:
    """Raise Invalid naming every field that is wrong."""
    errors = errors_in(
        draft, rate_groups=ordering.rate_groups, can_take_cards=ordering.can_take_cards
    )
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)


def create_catalog(
    session: Session, draft: CatalogDraft, *, maker_id: UUID, brand_id: UUID
) -> Catalog:
    """Make a catalog without products. The draft has been checked. Raises Invalid (R80)."""
    catalog = Catalog(maker_id=maker_id, brand_id=brand_id, hero_key=None, **_columns(draft))
    _demand_free_code(session, catalog)
    session.add(catalog)
    _write(session)
    return catalog


def update_catalog(
    session: Session, catalog: Catalog, draft: CatalogDraft, *, version: int
) -> None:
    """Change the locked catalog; any status to any other (R76). Raises ChangedMeanwhile, Invalid."""
    if catalog.version != version:
        raise ChangedMeanwhile("Somebody else has saved this catalog meanwhile.")
    for name, value in _columns(draft).items():
        setattr(catalog, name, value)
    catalog.version += 1
    with session.no_autoflush:
        _demand_free_code(session, catalog)
    _write(session)


def _columns(draft: CatalogDraft) -> dict[str, Any]:
    return {
        "names": said_texts(draft.names),
        "descriptions": said_texts(draft.descriptions),
        "code": draft.code,
        "status": draft.status,
        "open_at": draft.open_at,
        "order_deadline_at": draft.order_deadline_at,
        "payment_methods": list(draft.payment_methods),
        "address_shown": draft.address_shown,
        "shipping_rows": [dict(row) for row in draft.shipping_rows],
    }


def said_texts(texts: Any) -> dict[str, str]:
    """Return the texts that say something; a missing language falls back (R62)."""
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _demand_free_code(session: Session, catalog: Catalog) -> None:
    if catalog.code and has_code(session, catalog.code, brand_id=catalog.brand_id, but=catalog.id):
        raise _taken()


def _write(session: Session) -> None:
    """Flush; of two who take one code at the same instant, the second is told."""
    try:
        session.flush()
    except IntegrityError as clash:
        if "uq_catalogs_brand_id_code" in str(clash.orig):
            raise _taken() from clash
        raise


def _taken() -> Invalid:
    wrong = FieldError("code", "R80", "Another catalog has this code.")
    return Invalid("Some fields are not right.", rule="R80", errors=[wrong])
