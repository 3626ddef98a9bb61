"""`/shop/<token>`: what a signed-in buyer sees of a link, at its own terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalog.deps import deps
from catalog.domain.text import in_language
from catalog.gateways.identity import Buyer, read_brand_name, read_buyer
from catalog.store.catalogs import CatalogNotFound, list_lookbooks
from catalog.store.models import Lookbook
from catalog.store.products import PAGE, list_categories, list_products
from catalog.usecases.price_lines import read_overrides
from catalog.usecases.see_catalogs import SeenCatalog, see_catalogs
from catalog.web.shelf import picture, shown_product
from common.web.buyer import Visit, current_visit

bp = Blueprint("shop", __name__, url_prefix="/shop")


@dataclass(frozen=True)
class Shop:
    """A visit with everything that its pages have in common."""

    visit: Visit
    buyer: Buyer
    brand_name: str
    seen: Sequence[SeenCatalog]
    """The link's catalogs that this buyer sees now, in the link's order."""
    lookbooks: Sequence[Lookbook]

    @property
    def base_url(self) -> str:
        return f"/shop/{self.visit.token}"

    @property
    def has_cart(self) -> bool:
        return not self.visit.link["view_only"]

    def can_order(self, seen: SeenCatalog) -> bool:
        return self.has_cart and seen.access.is_orderable

    def catalog(self, catalog_id: UUID) -> SeenCatalog:
        """Return one of the catalogs that this buyer sees. Raises CatalogNotFound (D14)."""
        for each in self.seen:
            if each.catalog.id == catalog_id:
                return each
        raise CatalogNotFound(_("This catalog is not open."))


@bp.get("/<token>")
def show_landing(token: str) -> str:
    """Show the link's catalogs, lookbooks and contacts, or what a search finds in all of them."""
    visit = current_visit(token)
    search = request.args.get("q", "").strip()
    with deps().database.transaction(visit.maker_id) as session:
        shop = open_shop(session, visit)
        found = _products(session, shop, shop.seen, search=search, limit=60) if search else []
        heroes = {each.catalog.id: _first_picture(session, shop, each) for each in shop.seen}
    return render_template(
        "shop/landing.html", **frame(shop), search=search, found=found, heroes=heroes
    )


@bp.get("/<token>/catalogs/<uuid:catalog_id>")
def show_catalog(token: str, catalog_id: UUID) -> str:
    """Show a catalog's products, each with its size × colour grid."""
    visit = current_visit(token)
    search, category = request.args.get("q", "").strip(), request.args.get("category", "")
    page = max(0, request.args.get("page", 0, type=int))
    with deps().database.transaction(visit.maker_id) as session:
        shop = open_shop(session, visit)
        seen = shop.catalog(catalog_id)
        found = _products(
            session,
            shop,
            [seen],
            search=search,
            category=category,
            offset=page * PAGE,
            limit=PAGE + 1,
        )
        categories = list_categories(session, catalog_id=catalog_id)
    return render_template(
        "shop/catalog.html",
        **frame(shop, seen),
        seen=seen,
        can_order=shop.can_order(seen),
        products=found[:PAGE],
        has_more=len(found) > PAGE,
        page=page,
        search=search,
        category=category,
        categories=categories,
    )


@bp.get("/<token>/products/<uuid:catalog_id>/<uuid:product_id>")
def show_product(token: str, catalog_id: UUID, product_id: UUID) -> str:
    """Show one product with its pictures and its grid."""
    visit = current_visit(token)
    with deps().database.transaction(visit.maker_id) as session:
        shop = open_shop(session, visit)
        seen = shop.catalog(catalog_id)
        found = _products(session, shop, [seen], product_ids=[product_id])
    if not found:
        raise CatalogNotFound(_("This product is not in this catalog."))
    return render_template(
        "shop/product.html",
        **frame(shop, seen),
        seen=seen,
        can_order=shop.can_order(seen),
        product=found[0],
    )


@bp.get("/<token>/lookbooks/<uuid:lookbook_id>")
def show_lookbook(token: str, lookbook_id: UUID) -> str:
    """Show a lookbook's pictures."""
    visit = current_visit(token)
    with deps().database.transaction(visit.maker_id) as session:
        shop = open_shop(session, visit)
    for book in shop.lookbooks:
        if book.id == lookbook_id:
            return render_template("shop/lookbook.html", **frame(shop), book=_book(shop, book))
    raise CatalogNotFound(_("This lookbook is not shown."))


def open_shop(session: Session, visit: Visit) -> Shop:
    """Return the shop of this visit: only what this buyer sees at this moment (R68 to R73)."""
    peers = deps().peers
    buyer = read_buyer(peers, buyer_id=visit.buyer_id, brand_id=visit.brand_id)
    seen = see_catalogs(
        session,
        brand_id=visit.brand_id,
        catalog_ids=[UUID(each) for each in visit.link["catalog_ids"]],
        buyer_id=visit.buyer_id,
        now=deps().now(),
    )
    lookbooks = list_lookbooks(
        session,
        brand_id=visit.brand_id,
        lookbook_ids=[UUID(each) for each in visit.link["lookbook_ids"]],
    )
    return Shop(
        visit,
        buyer,
        read_brand_name(peers, visit.brand_id),
        [each for each in seen if each.access.is_visible],
        [book for book in lookbooks if book.status == "public"],
    )


def frame(shop: Shop, current: SeenCatalog | None = None) -> dict[str, Any]:
    """Return what every page of the shop needs."""
    language = shop.buyer.terms.language
    contacts = [
        contact | {"note": " ".join(contact["note"].split())}
        for contact in shop.visit.link["contacts"]
    ]
    return {
        "token": shop.visit.token,
        "base_url": shop.base_url,
        "terms": shop.buyer.terms,
        "has_cart": shop.has_cart,
        "seen_catalogs": shop.seen,
        "lookbooks": [_book(shop, book) for book in shop.lookbooks],
        "videos": shop.visit.link["videos"],
        "shop": {
            "brand_name": shop.brand_name,
            "home_url": shop.base_url,
            "catalogs": [
                {
                    "name": in_language(each.catalog.names, language),
                    "url": f"{shop.base_url}/catalogs/{each.catalog.id}",
                    "is_current": current is not None and each.catalog.id == current.catalog.id,
                }
                for each in shop.seen
            ],
            "cart_url": f"/cart/{shop.visit.token}" if shop.has_cart else None,
            "buyer_name": shop.buyer.name,
            "sign_out_url": f"/signin/{shop.visit.token}/sign-out",
            "contacts": contacts,
        },
    }


def _products(
    session: Session, shop: Shop, seen: Sequence[SeenCatalog], **given: Any
) -> list[dict[str, Any]]:
    terms = shop.buyer.terms
    found = list_products(
        session,
        catalog_ids=[each.catalog.id for each in seen],
        trade_term_id=terms.trade_term_id,
        currency=terms.currency,
        **given,
    )
    overrides = read_overrides(session, buyer_id=shop.visit.buyer_id)
    return [
        shown_product(each, terms=terms, overrides=overrides, base_url=shop.base_url)
        for each in found
    ]


def _first_picture(session: Session, shop: Shop, seen: SeenCatalog) -> dict[str, Any] | None:
    if seen.catalog.hero_key:
        return picture(seen.catalog.hero_key)
    first = _products(session, shop, [seen], limit=1)
    return first[0]["image"] if first else None


def _book(shop: Shop, book: Lookbook) -> dict[str, Any]:
    images = [picture(key) for key in book.keys]
    return {
        "url": f"{shop.base_url}/lookbooks/{book.id}",
        "name": in_language(book.names, shop.buyer.terms.language),
        "image": images[0] if images else None,
        "images": images,
    }
