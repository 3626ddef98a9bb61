"""The running app's inbox."""

from flask import current_app

from twins.mail.inbox import Inbox

KEY = "twins.mail"


def inbox() -> Inbox:
    """Return the inbox of the app that answers the current request."""
    state = current_app.extensions[KEY]
    assert isinstance(state, Inbox)  # noqa: S101
    return state
