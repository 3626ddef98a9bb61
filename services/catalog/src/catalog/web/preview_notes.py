"""What a previewed buyer does not get, each with the rule that decides it and where to change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from catalog.domain.terms import Terms
from catalog.store.models import Lookbook
from catalog.store.prices import list_missing_prices
from catalog.usecases.see_catalogs import SeenCatalog
from common.web.buyer import Visit


@dataclass(frozen=True, slots=True)
class Note:
    what: str
    why: str
    rule: str
    url: str


def list_notes(
    session: Session,
    visit: Visit,
    *,
    catalogs: Sequence[SeenCatalog],
    books: Sequence[Lookbook],
    terms: Terms,
) -> list[Note]:
    """Return the reasons for everything of the link that is hidden or held back from this buyer."""
    return [
        *_link_notes(visit),
        *_gone(visit, catalogs),
        *(note for each in catalogs if (note := _catalog_note(each, terms))),
        *_price_notes(session, visit, catalogs, terms),
        *(_draft(book, terms) for book in books if book.status != "public"),
    ]


def _link_notes(visit: Visit) -> list[Note]:
    url = f"/links/{visit.link_id}/edit"
    notes = []
    if visit.link["view_only"]:
        words = _("The link is view-only: there is no cart.")
        notes.append(Note(_("Cart and ordering"), words, "R93", f"{url}#view_only"))
    if visit.link["passcode_version"] is not None:
        words = _("The buyer is asked for it before the sign-in.")
        notes.append(Note(_("Passcode"), words, "R27", f"{url}#has_passcode"))
    return notes


def _gone(visit: Visit, catalogs: Sequence[SeenCatalog]) -> list[Note]:
    count = len(visit.link["catalog_ids"]) - len(catalogs)
    if not count:
        return []
    what = ngettext("%(num)s deleted catalog", "%(num)s deleted catalogs", count)
    words = _("A deleted catalog vanishes from every link.")
    return [Note(what, words, "R78", f"/links/{visit.link_id}/edit#catalog_ids")]


def _catalog_note(seen: SeenCatalog, terms: Terms) -> Note | None:
    why = {
        "catalog_closed": (_("The catalog is closed."), "R68"),
        "not_granted": (_("Access is limited and this buyer has no grant."), "R71"),
        "not_yet_open": (_("The moment is before the catalog's open date."), "R73"),
        "deadline_passed": (_("The order deadline has passed: to look at, not to order."), "R74"),
    }.get(seen.access.reason or "")
    if why is None:
        return None
    return Note(terms.words(seen.catalog.names), *why, f"/catalogs/{seen.catalog.id}")


def _price_notes(
    session: Session, visit: Visit, catalogs: Sequence[SeenCatalog], terms: Terms
) -> list[Note]:
    """Return one note for each product that these terms have no price for (R58)."""
    missing = list_missing_prices(
        session,
        brand_id=visit.brand_id,
        catalog_ids=[each.catalog.id for each in catalogs if each.access.is_visible],
        terms=[(terms.trade_term_id, terms.currency)],
    )
    products: dict[UUID, str] = {
        product.id: product.model_number for _c, product, _t, _y in missing
    }
    words = _(
        "There is no price at this buyer's trade term in %(currency)s.", currency=terms.currency
    )
    return [Note(name, words, "R58", f"/products/{id_}") for id_, name in products.items()]


def _draft(book: Lookbook, terms: Terms) -> Note:
    words = _("A draft lookbook reaches no buyer.")
    return Note(terms.words(book.names), words, "R149", "/lookbooks")
