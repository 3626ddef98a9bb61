"""The HTTP edge that all services share."""

from typing import cast

from flask import current_app

from common.deps import BaseDeps


def deps() -> BaseDeps:
    """Return the running app's parts; a service narrows the type in its own deps.py."""
    return cast(BaseDeps, current_app.extensions["deps"])
