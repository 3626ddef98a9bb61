"""Making and editing a product; its SKUs follow its template (R83)."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.domain.product_rules import ProductDraft, product_errors
from catalog.domain.sku_template import SkuTemplate, template_errors
from catalog.store.keeping import has_model_number
from catalog.store.models import Product
from catalog.store.taxes import find_tax
from catalog.usecases.save_catalog import ChangedMeanwhile, said_texts
from catalog.usecases.save_skus import follow_template
from common.errors import FieldError, Invalid


def create_product(
    session: Session, draft: ProductDraft, template: SkuTemplate, *, maker_id: UUID, brand_id: UUID
) -> Product:
    """Make a product with a SKU for every colour in every size. Raises Invalid."""
    check_product(draft, template)
    product = Product(maker_id=maker_id, brand_id=brand_id, **_columns(draft))
    _demand_allowed(session, product)
    session.add(product)
    _write(session)
    follow_template(session, product, template)
    return product


def update_product(
    session: Session, product: Product, draft: ProductDraft, template: SkuTemplate, *, version: int
) -> None:
    """Change the locked product; new colours and sizes get SKUs, gone ones lose theirs.

    Raises ChangedMeanwhile, Invalid.
    """
    demand_version(product, version)
    check_product(draft, template)
    with session.no_autoflush:
        for name, value in _columns(draft).items():
            setattr(product, name, value)
        product.version += 1
        _demand_allowed(session, product)
    _write(session)
    follow_template(session, product, template)


def check_product(draft: ProductDraft, template: SkuTemplate) -> None:
    """Raise Invalid naming every field that is wrong."""
    errors = [*product_errors(draft), *template_errors(template)]
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)


def demand_version(product: Product, version: int) -> None:
    if product.version != version:
        raise ChangedMeanwhile("Somebody else has saved this product meanwhile.")


def _columns(draft: ProductDraft) -> dict[str, Any]:
    return {
        "model_number": draft.model_number,
        "names": said_texts(draft.names),
        "descriptions": said_texts(draft.descriptions),
        "materials": said_texts(draft.materials),
        "category": draft.category,
        "tax_id": draft.tax_id,
    }


def _demand_allowed(session: Session, product: Product) -> None:
    """Raise Invalid for a number that is taken (R83) or a tax that is not the brand's."""
    brand_id, number = product.brand_id, product.model_number
    if has_model_number(session, number, brand_id=brand_id, but=product.id):
        raise _taken()
    if product.tax_id and not find_tax(session, product.tax_id, brand_ids=[brand_id]):
        wrong = FieldError("tax_id", "unknown", "There is no such tax.")
        raise Invalid("Some fields are not right.", errors=[wrong])


def _write(session: Session) -> None:
    """Flush; of two who take one number at the same instant, the second is told."""
    try:
        session.flush()
    except IntegrityError as clash:
        if "uq_products_brand_id_model_number" in str(clash.orig):
            raise _taken() from clash
        raise


def _taken() -> Invalid:
    wrong = FieldError("model_number", "R83", "Another product has this model number.")
    return Invalid("Some fields are not right.", rule="R83", errors=[wrong])
