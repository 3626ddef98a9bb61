"""What a browser sent, as the form's fields."""

from werkzeug.datastructures import MultiDict

from links.web.form.fields import CONTACT_FIELDS, LinkForm, ShippingRow

FILE_FIELDS = ("video_file", "background_file")


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
        shipping=_shipping(sent),
        video_links=[each for each in sent.getlist("video_links") if each.strip()],
        video_files=_video_files(sent),
        background=sent.get("background", "empty"),
        background_image=sent.get("background_image", ""),
        background_url=sent.get("background_url", ""),
        unsent_files=tuple(name for name in FILE_FIELDS if sent.get(name)),
        contacts=_contacts(sent),
        version=sent.get("version", 0, type=int),
    )


def _video_files(sent: "MultiDict[str, str]") -> list[str]:
    """Return the uploads that stay; without script a box is ticked at those that go."""
    gone = set(sent.getlist("remove_videos"))
    return [each for each in sent.getlist("video_files") if each and each not in gone]


def _shipping(sent: "MultiDict[str, str]") -> list[ShippingRow]:
    """Return the rows in which a group was chosen; the columns arrive as parallel lists."""
    names = ("shipping_currency", "shipping_country", "rate_group_ids")
    rows = zip(*(sent.getlist(name) for name in names), strict=False)
    return [ShippingRow(*row) for row in rows if row[2]]


def _contacts(sent: "MultiDict[str, str]") -> list[dict[str, str]]:
    """Return the contacts with anything in them; the columns arrive as parallel lists."""
    columns = [sent.getlist(f"contact_{name}") for name in CONTACT_FIELDS]
    rows = [dict(zip(CONTACT_FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(value.strip() for value in row.values())]
