"""Findings about what the brand has: catalogs, prices, rates, lookbooks, buyers, in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from links.web.preflight.values import Said, Values, at, country, names


def nothing(_values: Values) -> Said:
    return (
        _("No buyer will see any catalog."),
        _("All catalogs of this link are closed, deleted or not yet open."),
        _("Select an open catalog"),
        "",
    )


def no_buyers(_values: Values) -> Said:
    return (
        _("The brand has no buyers yet."),
        _("Only buyers of the brand can sign in on a link."),
        _("Add a buyer"),
        "/buyers",
    )


def deleted(values: Values) -> Said:
    count = values["count"]
    return (
        ngettext("%(num)s catalog is deleted.", "%(num)s catalogs are deleted.", count),
        _("A deleted catalog vanishes from every link."),
        _("Save the link without it"),
        "",
    )


def closed(values: Values) -> Said:
    return (
        _("Closed: %(names)s.", names=names(values)),
        _("A closed catalog is not displayed; once it is opened it appears by itself."),
        _("Open the catalog"),
        "/catalogs",
    )


def not_yet(values: Values) -> Said:
    return (
        _("%(names)s opens on %(at)s, after the link.", names=names(values), at=at(values)),
        _("Before a catalog's open date its content cannot be viewed, even on an open link."),
        _("Change the catalog's open date"),
        "/catalogs",
    )


def for_nobody(values: Values) -> Said:
    return (
        _("Nobody has access to %(names)s.", names=names(values)),
        _("A limited catalog is shown only to buyers that were given access."),
        _("Give buyers access"),
        "/catalogs",
    )


def never(values: Values) -> Said:
    return (
        _("%(names)s opens on %(at)s, when the link is over.", names=names(values), at=at(values)),
        _("Before a catalog's open date its content cannot be viewed, even on an open link."),
        _("Change the catalog's open date"),
        "/catalogs",
    )


def empty(values: Values) -> Said:
    return (
        _("Nothing is in %(names)s.", names=names(values)),
        _("Buyers will see a catalog without products."),
        _("Add products"),
        "/catalogs",
    )


def deadline_passed(values: Values) -> Said:
    return (
        _("The order deadline of %(names)s has passed.", names=names(values)),
        _("After it the catalog can be viewed, but nothing can be ordered."),
        _("Change the order deadline"),
        "/catalogs",
    )


def deadline_early(values: Values) -> Said:
    return (
        _(
            "The order deadline of %(names)s, %(at)s, is before the release.",
            names=names(values),
            at=at(values),
        ),
        _("When the link opens, nothing of it can be ordered any more."),
        _("Set an earlier release"),
        "",
    )


def price(values: Values) -> Said:
    page = f"/products/{values['product_id']}" if values["count"] == 1 else "/products"
    return (
        ngettext(
            "%(num)s product has no price for %(term)s in %(currency)s: %(names)s.",
            "%(num)s products have no price for %(term)s in %(currency)s: %(names)s …",
            values["count"],
            term=values["trade_term"] or "?",
            currency=values["currency"],
            names=names(values),
        ),
        ngettext(
            "%(num)s buyer has these terms and cannot order it.",
            "%(num)s buyers have these terms and cannot order it.",
            values["buyers"],
        ),
        _("Set the price"),
        page,
    )


def unusable(_values: Values) -> Said:
    return (
        _("No shipping rate of this link is usable."),
        _("Rate groups that are disabled or have no rate do not count; each catalog's own apply."),
        _("Repair the rate groups"),
        "/shipping",
    )


def uncovered(values: Values) -> Said:
    pair = f"{values['currency']} × {country(values['country'])}"
    what = _("No shipping rate for %(pair)s.", pair=pair)
    if values["catalog"]:
        what = _("%(name)s: no shipping rate for %(pair)s.", name=values["catalog"], pair=pair)
    why = ngettext(
        "%(num)s buyer is there and will see that no shipping fee is calculated.",
        "%(num)s buyers are there and will see that no shipping fee is calculated.",
        values["buyers"],
    )
    if values["catalog"]:
        return what, why, _("Choose a rate group on the catalog"), "/catalogs"
    return what, why, _("Choose a rate group"), ""


def draft(values: Values) -> Said:
    return (
        _("Still a draft: %(names)s.", names=names(values)),
        _("Only public lookbooks are displayed to buyers."),
        _("Make the lookbook public"),
        "/lookbooks",
    )


def book_gone(values: Values) -> Said:
    count = values["count"]
    return (
        ngettext("%(num)s lookbook is deleted.", "%(num)s lookbooks are deleted.", count),
        _("It is not shown any more."),
        _("Save the link without it"),
        "",
    )
