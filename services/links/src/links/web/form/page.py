"""The page that carries the form."""

from flask import render_template
from flask_babel import gettext as _

from common.errors import Invalid
from common.sessions import Claims
from links.deps import deps
from links.gateways.peers import Brand, Choices, read_choices
from links.store.models import Link
from links.usecases.save_link import ChangedMeanwhile
from links.web.brands import brands_of
from links.web.form.fields import LinkForm


def show_form(
    staff: Claims,
    brand: Brand,
    form: LinkForm,
    link: Link | None,
    wrong: Invalid | ChangedMeanwhile | None = None,
) -> str:
    """Return the page; with `wrong`, what was typed and a sentence at each field that is not right."""
    choices = read_choices(deps().peers, brand.id)
    return render_template(
        "links/form.html",
        form=form,
        link=link,
        is_stored=link is not None and wrong is None,
        has_passcode=link is not None and link.asked_passcode is not None,
        brand=brand,
        choosable=[] if link else brands_of(staff),
        choices=choices,
        rate_groups=_offered(choices),
        errors={error.field: _(error.detail) for error in wrong.errors} if wrong else {},
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )


def _offered(choices: Choices) -> list[tuple[str, str | None, list[tuple[str, str]]]]:
    """Return (currency, country, groups) for each combination that has a rate group."""
    pairs = sorted({(g.currency, g.country or "") for g in choices.rate_groups})
    return [
        (
            currency,
            country or None,
            [
                (g.id, g.name)
                for g in choices.rate_groups
                if (g.currency, g.country or "") == (currency, country)
            ],
        )
        for currency, country in pairs
    ]
