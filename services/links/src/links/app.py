"""The web process: `python -m links.app`."""

import os

from flask import Flask

from common.web.app import create_app as create_service_app
from common.web.serve import SECRET_THREADS, serve
from links.deps import Deps, make_deps
from links.settings import Settings
from links.store.personal import REGISTER
from links.web import (
    editing,
    files,
    gate,
    health,
    home,
    internal,
    manage,
    previews,
    statistics,
    status,
    steps,
)
from links.web.api import files as api_files
from links.web.api import lifecycle, links, preflight
from links.web.api import statistics as statistics_api
from links.web.preflight import pages as preflight_pages


def create_app(deps: Deps) -> Flask:
    """Return the app over these parts."""
    return create_service_app(
        deps=deps,
        import_name=__name__,
        pages_=[
            home.bp,
            gate.bp,
            manage.bp,
            editing.bp,
            files.bp,
            status.bp,
            statistics.bp,
            steps.bp,
            preflight_pages.bp,
            previews.bp,
        ],
        api=[links.bp, lifecycle.bp, api_files.bp, statistics_api.bp, preflight.bp],
        internal_=[internal.bp],
        checks=health.CHECKS,
        privacy=REGISTER,
    )


if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    serve(own, lambda: create_app(make_deps(own)), threads=SECRET_THREADS)
