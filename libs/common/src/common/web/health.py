"""Health: alive, ready when the own database answers, and for people all there is to know.

Nothing but the own database turns ready red: one service that is away must not take the others
out of work. None of the three is routed from outside.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from http import HTTPStatus

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from common.errors import Unavailable
from common.health import Check, run_checks, usual_checks
from common.schema_version import NotMigrated, read_schema
from common.web import deps

bp = Blueprint("health", __name__, url_prefix="/health")


def install(app: Flask, *, checks: Mapping[str, Check] = {}) -> None:
    """`checks` are the service's own, beside those that every service has."""
    app.extensions["checks"] = checks
    app.register_blueprint(bp)


@bp.get("/live")
def show_live() -> Response:
    return jsonify(status="alive")


@bp.get("/ready")
def show_ready() -> Response:
    try:
        with deps().database.transaction() as session:
            version = read_schema(session, deps().settings.service)
    except (SQLAlchemyError, NotMigrated) as wrong:
        raise Unavailable("The database does not answer or is not migrated.") from wrong
    return jsonify(status="ready", schema=version)


@bp.get("/check")
def show_check() -> Response:
    """Answer every finding; 503 when one is not well."""
    # Beside the pool: it must answer when that is used up, and not use it up.
    own = replace(deps(), database=deps().database.beside())
    checks: Mapping[str, Check] = current_app.extensions["checks"]
    try:
        findings = run_checks({**usual_checks(own), **checks}, own)
    finally:
        own.database.close()
    is_well = all(each.ok for each in findings)
    answer = jsonify(
        service=own.settings.service,
        status="well" if is_well else "unwell",
        checks=[asdict(each) for each in findings],
    )
    answer.status_code = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
    answer.headers["Cache-Control"] = "no-store"
    return answer
