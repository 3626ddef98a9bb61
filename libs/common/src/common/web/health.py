"""Health: alive, and ready when the own database answers. Nothing else turns ready red."""

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from common.errors import Unavailable
from common.web import deps

bp = Blueprint("health", __name__, url_prefix="/health")


def install(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/live")
def show_live() -> Response:
    return jsonify(status="alive")


@bp.get("/ready")
def show_ready() -> Response:
    try:
        with deps().database.transaction() as session:
            version = session.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError as wrong:
        raise Unavailable("The database does not answer or is not migrated.") from wrong
    return jsonify(status="ready", schema=version)
