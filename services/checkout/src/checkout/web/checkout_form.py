"""The checkout form as it was sent, or as it is first shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID

from checkout.domain.confirmed import Confirmed
from checkout.domain.shipping import Destination
from checkout.domain.terms import Buyer
from checkout.web.address_fields import blank_address, typed_address
from checkout.web.order_notes import notes_again, typed_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutForm:
    """`address` is as typed: it is read only if the checkout asks for one (R107)."""

    address: Mapping[str, str]
    payment_method: str
    notes: Mapping[str, str]
    """Comments and PO numbers by their fields' names, see order_notes."""
    has_agreed: bool = False
    attempt: str = field(default="")

    @property
    def destination(self) -> Destination:
        return Destination(country=self.address["country"], state=self.address["state"])

    @property
    def content_hash(self) -> str:
        """Tell this content from any other that may come under the same key."""
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def sent_form(values: Mapping[str, str]) -> CheckoutForm:
    """Return what the browser sent; what it left out is empty."""
    return CheckoutForm(
        address=typed_address(values),
        payment_method=values.get("payment_method", ""),
        notes=typed_notes(values),
        has_agreed=values.get("agreed") == "yes",
        attempt=values.get("attempt", ""),
    )


def first_form(buyer: Buyer, *, address_id: str | None, methods: tuple[str, ...]) -> CheckoutForm:
    """Return the form with the chosen or the default address filled in (R109)."""
    chosen = [s.address for s in buyer.addresses if _is(s.address_id, address_id)]
    usual = None if address_id == "new" else buyer.default_address
    address = chosen[0] if chosen else usual
    return CheckoutForm(
        address=asdict(address) if address else blank_address(buyer.country),
        payment_method=methods[0] if methods else "",
        notes={},
    )


def form_again(confirmed: Confirmed) -> CheckoutForm:
    """Return the form as it was confirmed, for who comes back from a payment page without paying."""
    address = confirmed.address
    return CheckoutForm(
        address=asdict(address) if address else blank_address(confirmed.buyer.country),
        payment_method=confirmed.payment_method,
        notes=notes_again(confirmed),
    )


def with_saved(form: CheckoutForm, buyer: Buyer, *, address_id: str) -> CheckoutForm:
    """Return the form with that saved address, or an empty one for "new"; the rest as typed."""
    chosen = first_form(buyer, address_id=address_id, methods=())
    return replace(form, address=chosen.address)


def _is(own: UUID, asked: str | None) -> bool:
    return asked is not None and str(own) == asked
