"""Findings about the link's own settings, in words."""

from flask_babel import gettext as _

from links.web.preflight.values import Said, Values, at


def period(_values: Values) -> Said:
    return (
        _("The expiration is not later than the release."),
        _("A link is open from its release until its expiration; this one never is."),
        _("Set a later expiration"),
        "",
    )


def no_payment(_values: Values) -> Said:
    return (
        _("No payment method is selected."),
        _("A link that takes orders needs at least one."),
        _("Select a payment method"),
        "",
    )


def cards(values: Values) -> Said:
    why = _("Card payment works only while the Stripe add-on is active; it is not offered now.")
    if values["is_alone"]:
        why = _("Cards are the only payment of this link and the Stripe add-on is not active.")
    return _("Stripe is selected without the add-on."), why, _("Set up card payment"), "/payments"


def background(values: Values) -> Said:
    what = _("Background media is set to Image, but there is no image.")
    if values["kind"] == "video":
        what = _("Background media is set to Video, but there is no address.")
    why = _("The passcode and expired screens would show nothing.")
    return what, why, _("Choose it, or set Empty"), ""


def expired(values: Values) -> Said:
    return (
        _("The expiration is past: %(at)s.", at=at(values)),
        _("Whoever opens the link sees only that it is over."),
        _("Set a later expiration"),
        "",
    )


def next_engine(_values: Values) -> Said:
    return (
        _("The address is hidden, but NEXT ENGINE needs it."),
        _("Orders are accepted; their uploads fail until you add an address by hand."),
        _("Show the address"),
        "",
    )


def for_shipping(_values: Values) -> Said:
    return (
        _("The address is hidden, but will be asked for."),
        _("Where shipping settings apply, the address is required whatever the toggle says."),
        _("Show the address"),
        "",
    )


def for_cards(_values: Values) -> Said:
    return (
        _("The address is hidden, but will be asked for."),
        _("With card payment the address is required whatever the toggle says."),
        _("Show the address"),
        "",
    )
