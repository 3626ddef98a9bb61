"""How pages answer: back to where the form was, with words; the address of the next page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Refusal
from common.web import deps


def done(words: str) -> ResponseReturnValue:
    """Say what was done, and go back."""
    flash(words, "good")
    return back()


def refused(refusal: Refusal) -> ResponseReturnValue:
    """Say what was not done and why, and go back."""
    flash(_(refusal.detail), "warn")
    return back()


def back() -> ResponseReturnValue:
    """Return to the list that the form was on, filters and all, which says so in `back`."""
    home, wish = f"/ops/{deps().settings.service}", request.form.get("back", "")
    is_ours = wish.startswith((f"{home}/", f"{home}?")) and wish.isprintable()
    return redirect(wish if is_ours else home, 303)


def next_url(view: str, asked: Mapping[str, Any], after: object | None) -> str | None:
    """Return the address of the page after `after`, None where there is no more."""
    if after is None:
        return None
    kept = {name: value for name, value in asked.items() if value and name != "limit"}
    return f"{url_for(f'operations.{view}')}?{urlencode({**kept, 'after': str(after)})}"


def errors_of(refusal: Refusal | None) -> dict[str, str]:
    """Return what is wrong by field, in the reader's language."""
    if refusal is None:
        return {}
    found = {each.field: str(_(each.detail)) for each in refusal.errors}
    return found or {"name": str(_(refusal.detail))}
