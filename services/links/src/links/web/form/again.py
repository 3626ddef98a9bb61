"""The form once more, as it was filled in, after a file was added to it."""

from uuid import UUID

from flask import request

from common.errors import Invalid
from common.web.auth import current_staff
from links.store.models import Upload
from links.web.brands import chosen_brand
from links.web.form.page import show_form
from links.web.form.sent import read_form
from links.web.own_link import own_link


def show_again(*, added: Upload | None = None, wrong: Invalid | None = None) -> str:
    """Return the form with all that was typed, and the new file in its place."""
    form = read_form(request.form)
    if added and added.kind == "video":
        form.video_files.append(str(added.id))
    elif added:
        form.background, form.background_image = "image", str(added.id)
    # The choice of a file was answered just now.
    form.unsent_files = ()
    link_id = request.form.get("link", type=UUID)
    if link_id:
        link, staff, brand = own_link(link_id)
        return show_form(staff, brand, form, link, wrong, is_typed=True)
    staff = current_staff()
    return show_form(staff, chosen_brand(staff), form, None, wrong, is_typed=True)
