"""Makes a service's Flask app: the same doors, locks and words for all five."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from flask import Blueprint, Flask
from flask_smorest import Api
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined

from common.deps import BaseDeps
from common.health import Check
from common.operations.web.api import make_api
from common.operations.web.pages import make_pages
from common.privacy import Register
from common.tracing import requests as traced_requests
from common.watching import Watched
from common.web import (
    api_docs,
    auth,
    bodies,
    health,
    i18n,
    internal,
    metrics,
    pages,
    preview,
    problems,
    requests,
    security,
)
from common.web import privacy as privacy_questions

MAX_BODY_BYTES = 1024 * 1024
NO_SCOPES: Mapping[str, str] = {}


def create_app(
    *,
    deps: BaseDeps,
    import_name: str,
    pages_: Sequence[Blueprint] = (),
    api: Sequence[Blueprint] = (),
    internal_: Sequence[Blueprint] = (),
    watched: Sequence[Watched] = (),
    own_scopes: Mapping[str, str] = NO_SCOPES,
    checks: Mapping[str, Check] = {},
    privacy: Register | None = None,
) -> Flask:
    """Return the app of `deps.settings.service`.

    `pages_` are buyers' and staff's pages, `api` flask-smorest blueprints mounted under
    /api/<service>/v1, `internal_` blueprints of questions made by `internal.questions`, `watched`
    what Prometheus is told of its tables beside what delivery waits for, `own_scopes` by the name of
    an `api` blueprint the first word of the scopes that a key needs there ("team" for team:read),
    `checks` what `/health/check` looks at beside what every service leans on, `privacy` where it holds what of
    people.
    """
    service = deps.settings.service
    app = Flask(import_name, static_folder=None)
    app.extensions["deps"] = deps
    app.config.update(
        SECRET_KEY=deps.settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        API_TITLE=f"Orderlink {service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=f"/api/{service}",
        OPENAPI_JSON_PATH="openapi.json",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader([PackageLoader(service), PackageLoader("common")])
    requests.install(app)
    traced_requests.install(app)
    metrics.install(app, watched=watched)
    bodies.install(app)
    security.install(app)
    auth.install(app, own_scopes=own_scopes)
    preview.install(app)
    i18n.install(app, directories=[_translations("common"), _translations(service)])
    pages.install(app)
    smorest = Api(app)
    problems.install(app)
    health.install(app, checks=checks)
    for blueprint in (*api, make_api()):
        smorest.register_blueprint(blueprint, url_prefix=f"/api/{service}/v1{blueprint.url_prefix}")
    api_docs.install(app, smorest, service=service)
    ours = [privacy_questions.privacy(privacy)] if privacy else []
    for blueprint in (*pages_, make_pages(service), *internal_, internal.deliveries(), *ours):
        app.register_blueprint(blueprint)
    return app


def _translations(package: str) -> Path:
    module = __import__(package)
    return Path(str(module.__file__)).parent / "translations"
