"""Why a line cannot be ordered, in the reader's language, with the rule that says so."""

from collections.abc import Iterable

from flask_babel import gettext as _

from checkout.domain.line_wish import DAY_PASSED
from checkout.domain.pricing import RULE_OF, PricedCatalog, Wish
from common.errors import Conflict, FieldError, NotFound

GROWS = "below_minimum_amount"
"""No reason against a line: the cart may still grow. It stands against ordering."""


class NotInLink(NotFound):
    code = "not_in_link"
    rule = "R3"


class NotOrderable(Conflict):
    """The SKU or its catalog takes no orders from this buyer now; `code` says why."""

    code = "not_orderable"


def words_for(reason: str) -> str:
    """Return a sentence for one of catalog's reasons."""
    sentences = {
        "no_price": _("There is no price at your terms for this item."),
        "not_in_catalog": _("This item is no longer in the catalog."),
        "catalog_closed": _("This catalog is not open now."),
        "not_granted": _("This catalog is not open to you."),
        "not_yet_open": _("This catalog opens later."),
        "deadline_passed": _("The order deadline of this catalog has passed."),
        "below_minimum": _("Fewer than the least quantity of this item."),
        "not_in_packs": _("This item comes in whole packs only."),
        "desired_day_passed": _("The desired delivery date has passed. Choose another one."),
        "below_minimum_amount": _("The goods are below this catalog’s minimum amount."),
    }
    return str(sentences.get(reason, _("This item cannot be ordered now.")))


def refuse(wish: Wish, priced: Iterable[PricedCatalog]) -> None:
    """Raise NotOrderable with the reason if the wished line cannot be ordered."""
    reason = reason_against(wish, priced)
    if reason is not None:
        words = words_for(reason)
        raise NotOrderable(
            words,
            code=reason,
            rule=RULE_OF.get(reason),
            errors=[FieldError("quantity", reason, words)],
        )


def reason_against(wish: Wish, priced: Iterable[PricedCatalog]) -> str | None:
    """Return why the wished line cannot be ordered now, None if it can."""
    for catalog in priced:
        if catalog.catalog_id != wish.catalog_id:
            continue
        if not catalog.is_orderable and catalog.reason not in (None, GROWS):
            return catalog.reason
        for line in catalog.lines:
            if line.sku_id == wish.sku_id:
                may_wait = line.is_orderable or line.reason == DAY_PASSED
                is_fine = may_wait and line.unit_price is not None
                return None if is_fine else line.reason or "no_price"
    return "not_in_catalog"
