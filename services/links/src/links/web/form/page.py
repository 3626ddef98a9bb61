"""The page that carries the form."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from common.addresses.countries import country_names
from common.errors import Invalid
from common.sessions import Claims
from common.web.i18n import language
from links.deps import deps
from links.gateways.peers import Brand, read_choices, read_markets
from links.store.models import Link
from links.store.uploads import find_uploads
from links.web.brands import brands_of
from links.web.form.conflict import Difference
from links.web.form.fields import LinkForm
from links.web.form.shipping import offered_rows
from links.web.form.uploads import is_uuid, shown_upload
from links.web.preflight.shown import stored_preflight


def show_form(
    staff: Claims,
    brand: Brand,
    form: LinkForm,
    link: Link | None,
    wrong: Invalid | None = None,
    *,
    is_typed: bool = False,
    differences: Sequence[Difference] | None = None,
) -> str:
    """Return the page; with `wrong`, what was typed and a sentence at each field that is not right.

    `is_typed`: it is not as stored, though nothing is wrong. `differences`: somebody else saved
    another version meanwhile.
    """
    choices = read_choices(deps().peers, brand.id)
    return render_template(
        "links/form.html",
        form=form,
        link=link,
        is_stored=link is not None and wrong is None and not is_typed,
        has_passcode=link is not None and link.asked_passcode is not None,
        brand=brand,
        choosable=[] if link else brands_of(staff),
        choices=choices,
        shipping=offered_rows(choices, read_markets(deps().peers, brand.id), form.shipping),
        currencies=sorted({group.currency for group in choices.rate_groups}),
        countries=country_names(language()),
        uploads=_uploads(brand, staff, form),
        errors={error.field: _(error.detail) for error in wrong.errors} if wrong else {},
        differences=differences,
        preflight=stored_preflight(link) if link else None,
    )


def _uploads(brand: Brand, staff: Claims, form: LinkForm) -> dict[str, dict[str, Any]]:
    """Return the files that the form names, by id; one that is gone is not among them."""
    named = [*form.video_files, form.background_image]
    ids = [UUID(each) for each in named if is_uuid(each)]
    with deps().database.transaction(staff.maker_id) as session:
        found = find_uploads(session, ids, brand_id=brand.id) if ids else {}
    return {str(each.id): shown_upload(each) for each in found.values()}
