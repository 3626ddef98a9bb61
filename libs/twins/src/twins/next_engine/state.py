"""The running app's NEXT ENGINE."""

from flask import current_app

from twins.next_engine.world import World

KEY = "twins.next_engine"


def world() -> World:
    """Return the state of the app that answers the current request."""
    state = current_app.extensions[KEY]
    assert isinstance(state, World)  # noqa: S101
    return state
