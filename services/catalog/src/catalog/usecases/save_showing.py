"""What a catalog shows beside its products: lookbooks, videos, header, comment box, minimum."""

from sqlalchemy.orm import Session

from catalog.domain.showing_rules import Showing, showing_errors
from catalog.store.catalogs import list_lookbooks
from catalog.store.models import Catalog
from catalog.usecases.save_catalog import ChangedMeanwhile
from common.errors import FieldError, Invalid


def save_showing(session: Session, catalog: Catalog, showing: Showing, *, version: int) -> None:
    """Change the locked catalog. Raises ChangedMeanwhile, Invalid for another brand's lookbook."""
    if catalog.version != version:
        raise ChangedMeanwhile("Somebody else has saved this catalog meanwhile.")
    errors = showing_errors(showing)
    wished = showing.lookbook_ids
    known = list_lookbooks(session, brand_id=catalog.brand_id, lookbook_ids=wished)
    if {each.id for each in known} != set(wished):
        errors.append(FieldError("lookbook_ids", "unknown", "There is no such lookbook."))
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    catalog.lookbook_ids = [str(each) for each in wished]
    catalog.videos = list(showing.videos)
    catalog.has_comment_box = showing.has_comment_box
    catalog.minimum_amounts = {
        key: least for key, least in showing.minimum_amounts.items() if least
    }
    catalog.version += 1
    session.flush()


def set_header(session: Session, catalog: Catalog, key: str | None) -> None:
    """Give the locked catalog another header picture, or none."""
    catalog.hero_key = key
    catalog.version += 1
    session.flush()
