"""Change what a maker enables, unless somebody else did so meanwhile (R61)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from identity.domain.maker_choices import (
    InUse,
    MakerChoices,
    SettingsChanged,
    check_choices,
    described,
    removed_terms,
)
from identity.store.brands import (
    count_buyers_by_term,
    get_maker,
    list_trade_terms,
    lock_trade_terms,
)
from identity.store.models import Buyer, Maker, TradeTerm
from identity.store.team import lock_team


def read_settings(session: Session, maker_id: UUID) -> MakerChoices:
    """Return the settings as they are."""
    maker, terms = get_maker(session, maker_id), list_trade_terms(session)
    codes = {term.id: term.code for term in terms}
    return MakerChoices(
        name=maker.name,
        languages=tuple(maker.languages),
        default_language=maker.default_language,
        currencies=tuple(maker.currencies),
        default_currency=maker.default_currency,
        time_zone=maker.time_zone,
        trade_terms={term.code: term.name for term in terms},
        default_trade_term=codes.get(maker.default_trade_term_id or UUID(int=0)),
    )


def change_settings(
    session: Session,
    maker_id: UUID,
    wish: MakerChoices,
    *,
    seen: MakerChoices | None,
    actor: Actor,
    now: datetime,
) -> MakerChoices:
    """Write the wish; `seen` is what its author looked at, None to insist.

    Raises SettingsInvalid, SettingsChanged.
    """
    maker = lock_team(session, maker_id)
    before = read_settings(session, maker_id)
    if seen is not None and seen != before:
        raise SettingsChanged("Somebody else changed the settings meanwhile.")
    lock_trade_terms(session, removed_terms(wish, before))
    check_choices(wish, before=before, in_use=_in_use(session))
    _write(session, maker, wish)
    if wish != before:
        record_change(
            session,
            actor=actor,
            place=Place(maker_id, None),
            action="settings_changed",
            subject=Subject("maker", maker_id, wish.name),
            before=described(before),
            after=described(wish),
            now=now,
        )
    return wish


def _in_use(session: Session) -> InUse:
    return InUse(
        session.scalars(select(Buyer.language).distinct()).all(),
        session.scalars(select(Buyer.currency).distinct()).all(),
        count_buyers_by_term(session),
    )


def _write(session: Session, maker: Maker, wish: MakerChoices) -> None:
    terms = {term.code: term for term in list_trade_terms(session)}
    for code in terms.keys() - wish.trade_terms.keys():
        session.delete(terms.pop(code))
    for code, name in wish.trade_terms.items():
        if code in terms:
            terms[code].name = name
        else:
            terms[code] = TradeTerm(maker_id=maker.maker_id, code=code, name=name)
            session.add(terms[code])
    session.flush()
    chosen = terms.get(wish.default_trade_term or "")
    maker.name, maker.time_zone = wish.name, wish.time_zone
    maker.languages, maker.default_language = list(wish.languages), wish.default_language
    maker.currencies, maker.default_currency = list(wish.currencies), wish.default_currency
    maker.default_trade_term_id = chosen.id if chosen else None
    session.flush()
