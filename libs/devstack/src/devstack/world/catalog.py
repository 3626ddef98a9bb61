"""The demo world's part in catalog: catalogs of drawn garments, priced in three currencies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.store.brands import remember_brand
from catalog.store.models import (
    Catalog,
    CatalogProduct,
    Grant,
    Lookbook,
    Price,
    Product,
    ProductImage,
    Sku,
    Tax,
)
from common.db import Database
from common.ids import new_id
from devstack.world import cast
from devstack.world.range import COLOURS, STYLES, Style
from devstack.world.shoot import COVERS, LOOKS, Shot, shoot

TAX_ID = cast.fixed_id(85)
SHOWN = {
    "AW26": ("ND-2010", "ND-5001", "ND-2020", "ND-8003"),
    "ATELIER": ("ND-4002", "ND-5001", "ND-9002"),
    "AW27": ("ND-2010", "ND-3110", "ND-3007"),
    "SAMPLES": ("ND-1001", "ND-8010"),
}
"""By catalog code: which styles the smaller catalogs show."""
SIZES = {"letters": ("S", "M", "L", "XL"), "one": ("F",), "shoes": ("40", "41", "42", "43")}


def load(database: Database, *, now: datetime, env: Mapping[str, str]) -> None:
    """Write and draw what is not there yet."""
    with database.transaction() as session:
        for brand in cast.BRANDS:
            remember_brand(
                session,
                brand_id=brand.id,
                maker_id=cast.MAKER_ID,
                default_language=cast.LANGUAGES[0],
            )
    with database.transaction(cast.MAKER_ID) as session:
        if session.get(Catalog, cast.WOMEN.id) is None:
            _write(session, now)
        for catalog in cast.ALL_CATALOGS:
            if session.get(Catalog, catalog.id) is None:
                _add_more(session, catalog, now)
    shoot(env["MEDIA_ROOT"], STYLES)


def _write(session: Session, now: datetime) -> None:
    session.add(_tax())
    session.flush()
    for catalog in cast.CATALOGS:
        session.add(_catalog(catalog, now))
    session.flush()
    for number, style in enumerate(STYLES):
        _add_style(session, style, number)
    names = {"en": "Harbour, six in the morning", "ja": "港、朝六時"}
    session.add(_lookbook(cast.LOOKBOOK_ID, names, "public", LOOKS))
    names = {"en": "Autumn, not yet told", "ja": "秋、まだ秘密"}
    session.add(_lookbook(cast.DRAFT_LOOKBOOK_ID, names, "draft", LOOKS[1:3]))


def _lookbook(
    lookbook_id: UUID, names: dict[str, str], status: str, looks: Sequence[Shot]
) -> Lookbook:
    return Lookbook(
        id=lookbook_id,
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        names=names,
        status=status,
        keys=[look.key for look in looks],
    )


def _add_more(session: Session, catalog: cast.Catalog, now: datetime) -> None:
    """Add a catalog that shows some of the styles the first two show."""
    session.add(_catalog(catalog, now))
    session.flush()
    numbers = [style.number for style in STYLES if style.number in SHOWN[catalog.code]]
    products = session.scalars(select(Product).where(Product.model_number.in_(numbers)))
    for position, product in enumerate(products):
        session.add(
            CatalogProduct(
                maker_id=cast.MAKER_ID,
                catalog_id=catalog.id,
                product_id=product.id,
                position=position,
            )
        )
    for buyer_id in catalog.granted:
        session.add(Grant(maker_id=cast.MAKER_ID, catalog_id=catalog.id, buyer_id=buyer_id))


def _tax() -> Tax:
    return Tax(
        id=TAX_ID,
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        names={"en": "Consumption tax", "ja": "消費税"},
        country="JP",
        percent=Decimal(10),
        is_reduced=False,
        rounding="down",
    )


def _catalog(catalog: cast.Catalog, now: datetime) -> Catalog:
    today = now.replace(minute=0, second=0, microsecond=0)
    return Catalog(
        id=catalog.id,
        maker_id=cast.MAKER_ID,
        brand_id=catalog.brand.id,
        code=catalog.code,
        names=dict(catalog.names),
        descriptions={
            "en": "Easy outlines in cloth that lasts, cut for the first warm days.",
            "ja": "ゆったりとした輪郭と、長く着られる生地。春のはじまりに。",
        },
        status=catalog.status,
        open_at=today + catalog.opens if catalog.opens else None,
        order_deadline_at=today + catalog.deadline if catalog.deadline else None,
        payment_methods=["outside"],
        address_shown=True,
        shipping_rows=[],
        hero_key=COVERS.get(catalog.code),
        lookbook_ids=[str(cast.LOOKBOOK_ID)] if catalog.brand is cast.NORD else [],
        has_comment_box=True,
    )


def _add_style(session: Session, style: Style, number: int) -> None:
    product = Product(
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        model_number=style.number,
        names={"en": style.en, "ja": style.ja},
        descriptions={"en": style.about_en, "ja": style.about_ja},
        materials={"en": style.cloth_en, "ja": style.cloth_ja},
        category=style.category,
        tax_id=TAX_ID,
    )
    session.add(product)
    session.flush()
    catalog = cast.WOMEN if style.is_womens else cast.MEN
    session.add(
        CatalogProduct(
            maker_id=cast.MAKER_ID, catalog_id=catalog.id, product_id=product.id, position=number
        )
    )
    _add_prices(session, product, style)
    for position, code in enumerate(style.colours):
        _add_colour(session, product, style, code, position)


def _add_prices(session: Session, product: Product, style: Style) -> None:
    for currency, minor in (("JPY", style.yen), ("USD", style.dollars), ("EUR", style.euros)):
        session.add(
            Price(
                maker_id=cast.MAKER_ID,
                product_id=product.id,
                trade_term_id=cast.WHOLESALE.id,
                currency=currency,
                minor=minor,
            )
        )


def _add_colour(session: Session, product: Product, style: Style, code: str, position: int) -> None:
    colour = COLOURS[code]
    session.add(
        ProductImage(
            maker_id=cast.MAKER_ID,
            product_id=product.id,
            key=style.picture_key(code),
            colour=code,
            alts={"en": f"{style.en}, {colour.en}", "ja": f"{style.ja} {colour.ja}"},
            position=position,
        )
    )
    for place, size in enumerate(SIZES[style.sizes]):
        session.add(
            Sku(
                id=new_id(),
                maker_id=cast.MAKER_ID,
                brand_id=cast.NORD.id,
                product_id=product.id,
                number=f"{style.number}-{code}-{size}",
                colour=code,
                colour_names={"en": colour.en, "ja": colour.ja},
                colour_hex=colour.hex,
                size=size,
                position=position * 10 + place,
            )
        )
