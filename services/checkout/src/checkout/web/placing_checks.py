"""What speaks against placing a checkout as it was sent: fields, consent, a quote that moved (D21)."""

from dataclasses import dataclass

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.domain.attempt import CartIsEmpty
from checkout.domain.breakdown import quote_of_json
from checkout.domain.differences import differences
from checkout.domain.payment import STRIPE
from checkout.store.quotes import find_breakdown
from checkout.web.attempt_tokens import Attempt
from checkout.web.checkout_form import CheckoutForm
from checkout.web.checkout_page import Shown
from checkout.web.order_notes import order_notes
from common.addresses import PostalAddress, read_address
from common.errors import FieldError, Invalid
from common.web.buyer import Visit


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was ordered: show the page again with what is wrong or different."""

    shown: Shown
    errors: tuple[FieldError, ...]
    status: int
    how: str = "refused"
    """For the counts: refused or consent_asked."""


def what_is_wrong(
    visit: Visit, form: CheckoutForm, attempt: Attempt, shown: Shown
) -> Refused | None:
    """Return why nothing may be ordered so, or None. Raises CartIsEmpty."""
    judgement = shown.judgement
    if not shown.answers.priced:
        raise CartIsEmpty(_("The cart is empty."))
    if judgement.quote is None:
        return Refused(shown, (), 409)
    errors = _field_errors(form, shown)
    if errors:
        return Refused(shown, errors, 422)
    if attempt.needs_agreement and not form.has_agreed:
        return Refused(shown, (FieldError("agreed", "required", "Please agree."),), 422)
    if judgement.hash == attempt.quote_hash:
        return None
    with deps().database.transaction(visit.maker_id) as session:
        seen = find_breakdown(session, cart_id=attempt.cart_id, hash=attempt.quote_hash)
    is_same = seen is not None and not differences(quote_of_json(seen), judgement.quote)
    return None if is_same else Refused(shown, (), 409, "consent_asked")


def _field_errors(form: CheckoutForm, shown: Shown) -> tuple[FieldError, ...]:
    errors: list[FieldError] = []
    try:
        order_notes(form.notes, shown.judgement)
    except Invalid as wrong:
        errors += wrong.errors
    try:
        address_of(form, shown)
    except Invalid as wrong:
        errors += wrong.errors
    if form.payment_method not in shown.judgement.methods:
        errors.append(FieldError("payment_method", "not_offered", "Choose how to pay."))
    elif form.payment_method == STRIPE and not shown.judgement.is_chargeable:
        errors.append(FieldError("payment_method", "not_chargeable", "Not by card."))
    return tuple(errors)


def address_of(form: CheckoutForm, shown: Shown) -> PostalAddress | None:
    """Return the address if one is asked for; under Hide what was sent is not even read (R107)."""
    return read_address(form.address) if shown.judgement.need.is_shown else None
