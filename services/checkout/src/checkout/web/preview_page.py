"""What a previewed buyer could do in cart and checkout; nobody's cart is read or touched."""

from flask import render_template
from flask_babel import gettext as _

from checkout.deps import deps
from checkout.gateways.identity import read_brand
from checkout.gateways.links import link_terms
from checkout.web.shop import shop_of
from common.web.buyer import Visit


def show_preview(visit: Visit) -> str:
    """Return the page that stands where cart and checkout would."""
    link = link_terms(visit.link)
    return render_template(
        "checkout/preview.html",
        token=visit.token,
        shop=shop_of(visit, read_brand(deps().peers, link.brand_id), units=0),
        can=_can(visit),
    )


def _can(visit: Visit) -> list[tuple[str, str]]:
    """Return what holds for this buyer's order, each with its rule."""
    link = link_terms(visit.link)
    if link.view_only:
        return [(_("This link is for looking only; it takes no orders."), "R93")]
    ways = {
        "outside": (_("Pay outside the app"), "R115"),
        "stripe": (_("Pay by card, while the add-on is active"), "R114"),
    }
    address = (_("The delivery address is asked for."), "R98")
    if not link.address_shown:
        words = _("The delivery address is asked for only with shipping settings or card payment.")
        address = (words, "R103")
    shipping = (_("Each catalog's own shipping settings apply."), "R89")
    if link.shipping_rows:
        shipping = (_("The link's shipping settings apply, if one of them is usable."), "R90")
    return [
        (_("Fill a cart with everything that can be ordered at this moment."), "R94"),
        *(ways[each] for each in link.payment_methods if each in ways),
        address,
        shipping,
    ]
