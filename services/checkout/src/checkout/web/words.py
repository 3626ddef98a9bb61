"""Words for what the code calls by short names: errors, countries, methods, states."""

from collections.abc import Mapping
from dataclasses import replace

from babel import Locale
from flask_babel import gettext as _

from checkout.domain.prefectures import prefectures
from checkout.domain.pricing import Line
from checkout.store.models import Order
from common.addresses import format_of, parcel_lines
from common.errors import FieldError, Invalid
from common.web.i18n import language
from common.web.pages import day_in_words


def error_words(error: FieldError) -> str:
    """Return the sentence for a wrong field, in the reader's language."""
    sentences = {
        ("zip", "form"): _("This is not a postal code of that country."),
        ("phone", "form"): _("Only digits, spaces and hyphens."),
        ("state", "form"): _("Please choose one of the list."),
        ("country", "unknown"): _("Choose a country."),
        ("payment_method", "not_offered"): _("Choose how to pay."),
        ("payment_method", "not_chargeable"): _(
            "A card cannot be charged with exactly this amount. Please choose another way to pay."
        ),
        ("account_id", "form"): _("An account id begins with acct_."),
        ("account_id", "unknown"): _("Stripe does not know this account."),
        ("account_id", "taken"): _("This account is connected to somebody else."),
        ("commerce_page_url", "form"): _("An address that begins with https://."),
        ("brand_id", "required"): _("Choose a brand."),
        ("destination", "required"): _("Choose a shop."),
        ("destination", "keeps_tax"): _("This shop keeps prices with tax; ours are without."),
        ("quantity", "not_a_quantity"): _("A whole number from 0 to 99999."),
        ("desired_on", "form"): _("A day such as 2027-03-01."),
        ("desired_on", "past"): _("This day has passed."),
        ("desired_on", "far"): _("This day is too far ahead."),
        ("agreed", "required"): _("Please agree to the new total before ordering."),
    }
    general = {"required": _("This is required."), "too_long": _("This is too long.")}
    words = sentences.get((error.field, error.code)) or general.get(error.code)
    return str(words or error.detail)


def in_words(wrong: Invalid) -> Invalid:
    """Return the same refusal in the reader's language, for a script that shows it as it is."""
    errors = [replace(each, detail=error_words(each)) for each in wrong.errors]
    detail = errors[0].detail if errors else wrong.detail
    return Invalid(detail, code=wrong.code, rule=wrong.rule, errors=errors)


def line_wishes(line: Line) -> list[str]:
    """Return what the buyer asked for this line besides its quantity, in words."""
    wishes = []
    if line.desired_on is not None:
        wishes.append(_("Delivery wanted by %(day)s", day=day_in_words(line.desired_on)))
    if line.note:
        wishes.append(_("Note: %(note)s", note=line.note))
    return [str(words) for words in wishes]


def said_with(order: Order) -> list[tuple[str, str]]:
    """Return (label, text) of what the buyer wrote to the brand with the order."""
    said = ((_("PO number"), order.po_number), (_("Comment"), order.comment))
    return [(str(label), text) for label, text in said if text]


def country_name(code: str | None) -> str:
    """Return one country's name; None is All Countries."""
    if code is None:
        return str(_("All countries"))
    return str(Locale.parse(language()).territories.get(code, code))


def address_lines(address: Mapping[str, str]) -> list[str]:
    """Return an address as it is written on a parcel; one abroad ends with its country."""
    return parcel_lines(address, language())


def method_words(method: str) -> str:
    """Return how somebody signed in, in words."""
    words = {
        "user_account": _("User account"),
        "offline_login": _("Offline buyer's login"),
        "brand_credentials": _("Brand-specific credentials"),
    }
    return str(words.get(method, method))


def payment_words(method: str) -> str:
    words = {"outside": _("Pay outside the app"), "stripe": _("Credit card")}
    return str(words.get(method, method))


def refund_words(cause: str | None) -> str:
    """Return why a payment could not become an order, for the buyer (D21)."""
    words = {
        "link_void": _("The brand has closed this link."),
        "link_deleted": _("The brand has closed this link."),
        "link_view_only": _("This link takes no orders any more."),
        "catalog_closed": _("The catalog was closed before your payment arrived."),
        "catalog_deleted": _("The catalog was closed before your payment arrived."),
        "grant_revoked": _("The catalog is not open to you any more."),
        "superseded": _("You have ordered this cart in another way since."),
        "amount_differs": _("The amount that was charged is not the amount of the order."),
    }
    return str(words.get(cause or "", _("The order could not be placed any more.")))


def state_words(state: str) -> str:
    """Return an order's state in words."""
    return str({"oc_not_created": _("Order confirmation not created")}.get(state, state))


def prefecture_choices() -> list[tuple[str, str]]:
    """Return (value, words) of the prefectures in the reader's language."""
    if language() == "ja":
        return [(each.key, each.local_name) for each in prefectures()]
    return [(each.key, f"{each.latin_name} {each.local_name}") for each in prefectures()]


def prefecture_name(key: str) -> str:
    """Return the prefecture of that key in the reader's language: 沖縄県, Okinawa."""
    state = format_of("JP").state_named(key)
    return state.name_in(language()) if state else key
