"""What every page of a buyer's shop stands on: who visits, and what this buyer sees now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from catalog.deps import deps
from catalog.domain.line_sheet import STYLES_A_FILE
from catalog.domain.minimum_amount import minimum_of
from catalog.gateways.identity import Brand, Buyer, read_brand, read_buyer
from catalog.store.catalogs import CatalogNotFound, list_lookbooks
from catalog.store.models import Lookbook
from catalog.store.products import list_first_images
from catalog.usecases.see_catalogs import SeenCatalog, see_catalogs
from catalog.web.pictures import landscape, portrait, shown_image
from catalog.web.preview_notes import Note, list_notes
from common.places import Place, way, ways_out
from common.web.buyer import Visit


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A visit with everything that its pages have in common."""

    visit: Visit
    brand: Brand
    buyer: Buyer
    seen: Sequence[SeenCatalog]
    """The link's catalogs that this buyer sees now, in the link's order."""
    lookbooks: Sequence[Lookbook]
    covers: dict[UUID, dict[str, Any]]
    """A picture for each catalog that has one."""
    preview_notes: Sequence[Note] = ()
    """Why a previewed buyer does not get what is not there."""

    @property
    def base_url(self) -> str:
        return way("shop", self.visit.token)

    @property
    def has_cart(self) -> bool:
        """A view-only link has none, anywhere (R93)."""
        return not self.visit.link["view_only"]

    def cart_token(self, current: SeenCatalog | None) -> str | None:
        """Return whose cart a page fills: the link's, or that of its own catalog (R88)."""
        if not self.has_cart:
            return None
        if self.visit.link_id:
            return self.visit.token
        return Place(self.visit.buyer_id, current.catalog.id).token if current else None

    def can_order(self, seen: SeenCatalog) -> bool:
        return self.has_cart and seen.access.is_orderable

    def catalog(self, catalog_id: UUID) -> SeenCatalog:
        """Return one of the catalogs that this buyer sees. Raises CatalogNotFound (D14)."""
        for each in self.seen:
            if each.catalog.id == catalog_id:
                return each
        raise CatalogNotFound(_("This catalog is not open."), rule="R68")


def open_shop(visit: Visit) -> Shop:
    """Return the shop of this visit: only what this buyer sees at this moment (R68 to R73)."""
    brand = read_brand(deps().peers, visit.brand_id)
    buyer = read_buyer(
        deps().peers,
        buyer_id=visit.buyer_id,
        brand_id=visit.brand_id,
        default_language=brand.default_language,
    )
    with deps().database.transaction(visit.maker_id) as session:
        found = see_catalogs(
            session,
            brand_id=visit.brand_id,
            catalog_ids=_ids(visit, "catalog_ids"),
            buyer_id=visit.buyer_id,
            now=visit.moment,
        )
        seen = [each for each in found if each.access.is_visible]
        books = list_lookbooks(
            session, brand_id=visit.brand_id, lookbook_ids=_lookbook_ids(visit, seen)
        )
        bare = [each.catalog.id for each in seen if not each.catalog.hero_key]
        images = list_first_images(session, catalog_ids=bare) if bare else {}
        notes = (
            list_notes(session, visit, catalogs=found, books=books, terms=buyer.terms)
            if visit.preview
            else []
        )
    heroes = {each.catalog.id: each.catalog.hero_key for each in seen}
    covers = {catalog_id: portrait(key) for catalog_id, key in heroes.items() if key}
    covers |= {key: shown_image(image, buyer.terms) for key, image in images.items()}
    return Shop(
        visit=visit,
        brand=brand,
        buyer=buyer,
        seen=seen,
        lookbooks=[book for book in books if book.status == "public"],
        covers=covers,
        preview_notes=notes,
    )


def frame(shop: Shop, *, current: SeenCatalog | None = None) -> dict[str, Any]:
    """Return what the templates of every page of the shop need."""
    words, cart = shop.buyer.terms.words, shop.cart_token(current)
    return {
        "base_url": shop.base_url,
        "preview_notes": shop.preview_notes,
        "terms": shop.buyer.terms,
        "has_cart": cart is not None,
        "cart_url": way("cart", cart) if cart else None,
        "checkout_url": way("checkout", cart) if cart else None,
        "shop": {
            "brand_name": shop.brand.name,
            "home_url": shop.base_url,
            "catalogs": [
                {
                    "name": words(each.catalog.names),
                    "url": f"{shop.base_url}/catalogs/{each.catalog.id}",
                    "is_current": current is not None and each.catalog.id == current.catalog.id,
                }
                for each in shop.seen
            ],
            "cart_url": way("cart", cart) if cart else None,
            "buyer_name": shop.buyer.name,
            **ways_out(shop.visit.token),
            "contacts": [_on_one_line(each) for each in shop.visit.link["contacts"]],
        },
    }


def shown_catalog(shop: Shop, seen: SeenCatalog) -> dict[str, Any]:
    """Return a catalog as its tile and its own page show it."""
    words = shop.buyer.terms.words
    sheets, is_long = (
        f"{shop.base_url}/line-sheets/{seen.catalog.id}",
        seen.products > STYLES_A_FILE,
    )
    return {
        "id": seen.catalog.id,
        "url": f"{shop.base_url}/catalogs/{seen.catalog.id}",
        "name": words(seen.catalog.names),
        "description": words(seen.catalog.descriptions),
        "products": seen.products,
        "deadline": seen.catalog.order_deadline_at,
        "minimum": minimum_of(seen.catalog.minimum_amounts, shop.buyer.terms),
        "is_past_deadline": seen.access.reason == "deadline_passed",
        "can_order": shop.can_order(seen),
        "line_sheet": sheets if is_long else f"{sheets}/line-sheet.pdf",
        "line_sheet_file": f"{sheets}/line-sheet.pdf",
        "image": shop.covers.get(seen.catalog.id),
    }


def shown_lookbook(shop: Shop, book: Lookbook) -> dict[str, Any]:
    """Return a lookbook; its first picture lies across, the others stand."""
    words = shop.buyer.terms.words
    first, *others = book.keys
    return {
        "url": f"{shop.base_url}/lookbooks/{book.id}",
        "name": words(book.names),
        "wide": landscape(first) | {"alt": words(book.alts.get(first, {}))},
        "images": [portrait(key) | {"alt": words(book.alts.get(key, {}))} for key in others],
    }


def shown_videos(visit: Visit, seen: SeenCatalog) -> list[dict[str, str]]:
    """Return the link's videos and then the catalog's own, each once (R145)."""
    own = [{"kind": "embed", "url": url} for url in seen.catalog.videos]
    return list({each["url"]: each for each in [*visit.link["videos"], *own]}.values())


def _lookbook_ids(visit: Visit, seen: Sequence[SeenCatalog]) -> list[UUID]:
    """Return the link's lookbooks; without a link those of the catalogs themselves (R88)."""
    if visit.link_id:
        return _ids(visit, "lookbook_ids")
    named = (UUID(each) for one in seen for each in one.catalog.lookbook_ids)
    return list(dict.fromkeys(named))


def _ids(visit: Visit, name: str) -> list[UUID]:
    return [UUID(each) for each in visit.link[name]]


def _on_one_line(contact: dict[str, Any]) -> dict[str, Any]:
    """Line breaks in a note are not kept in display (R154)."""
    return contact | {"note": " ".join((contact.get("note") or "").split())}
