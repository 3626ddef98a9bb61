"""The running app's Stripe."""

from flask import current_app

from twins.stripe.world import World

KEY = "twins.stripe"


def world() -> World:
    """Return the state of the app that answers the current request."""
    state = current_app.extensions[KEY]
    assert isinstance(state, World)  # noqa: S101
    return state
