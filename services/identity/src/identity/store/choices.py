"""What buyers' terms can be chosen from (R61)."""

from uuid import UUID

from sqlalchemy.orm import Session

from identity.domain.buyer_details import Choices
from identity.store.brands import get_maker, list_trade_terms


def read_choices(session: Session, maker_id: UUID) -> Choices:
    """Return what the maker enables."""
    maker = get_maker(session, maker_id)
    terms = {term.code: term.id for term in list_trade_terms(session)}
    return Choices(list(maker.languages), list(maker.currencies), terms)
