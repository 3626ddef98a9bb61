"""What a browser sent, as the form's fields."""

from werkzeug.datastructures import MultiDict

from links.web.form.fields import CONTACT_FIELDS, LinkForm


def read_form(sent: "MultiDict[str, str]") -> LinkForm:
    """Return what was sent; a toggle that is off sends nothing."""
    return LinkForm(
        name=sent.get("name", ""),
        description=sent.get("description", ""),
        view_only="view_only" in sent,
        transition="transition" in sent,
        address_shown="address_shown" in sent,
        has_release="has_release" in sent,
        release_at=sent.get("release_at", ""),
        release_at_zone=sent.get("release_at_zone", ""),
        has_expiration="has_expiration" in sent,
        expires_at=sent.get("expires_at", ""),
        expires_at_zone=sent.get("expires_at_zone", ""),
        has_passcode="has_passcode" in sent,
        passcode=sent.get("passcode", ""),
        catalog_ids=sent.getlist("catalog_ids"),
        lookbook_ids=sent.getlist("lookbook_ids"),
        payment_methods=sent.getlist("payment_methods"),
        rate_group_ids=[each for each in sent.getlist("rate_group_ids") if each],
        contacts=_contacts(sent),
        version=sent.get("version", 0, type=int),
    )


def _contacts(sent: "MultiDict[str, str]") -> list[dict[str, str]]:
    """Return the contacts with anything in them; the columns arrive as parallel lists."""
    columns = [sent.getlist(f"contact_{name}") for name in CONTACT_FIELDS]
    rows = [dict(zip(CONTACT_FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(value.strip() for value in row.values())]
