"""A product once more, under a number of its own, in no catalog."""

from sqlalchemy.orm import Session

from catalog.domain.sku_template import SkuDraft, made_number
from catalog.store.keeping import (
    add_all,
    free_model_number,
    list_images_of,
    list_skus_of,
    put_prices,
)
from catalog.store.models import Product, ProductImage
from catalog.store.prices import list_prices
from catalog.usecases.save_skus import put_skus, template_of


def copy_product(session: Session, product: Product, *, names: dict[str, str]) -> Product:
    """Return the copy with the same SKUs (numbered anew), prices and pictures."""
    copy = Product(
        maker_id=product.maker_id,
        brand_id=product.brand_id,
        model_number=free_model_number(session, product.model_number, brand_id=product.brand_id),
        names=names,
        descriptions=dict(product.descriptions),
        materials=dict(product.materials),
        category=product.category,
        tax_id=product.tax_id,
    )
    add_all(session, [copy])
    skus = list_skus_of(session, product.id)
    drafts = [
        SkuDraft(
            sku.colour,
            sku.size,
            made_number(copy.model_number, (sku.colour, sku.size)),
            sku.minimum,
            sku.multiple,
        )
        for sku in skus
    ]
    put_skus(session, copy, template_of(skus), drafts)
    prices = list_prices(session, product_id=product.id)
    put_prices(session, copy, {(each.trade_term_id, each.currency): each.minor for each in prices})
    add_all(session, [_picture(copy, each) for each in list_images_of(session, product.id)])
    return copy


def _picture(copy: Product, image: ProductImage) -> ProductImage:
    return ProductImage(
        maker_id=copy.maker_id,
        product_id=copy.id,
        key=image.key,
        colour=image.colour,
        alts=dict(image.alts),
        position=image.position,
    )
