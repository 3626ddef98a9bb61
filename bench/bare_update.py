"""The baseline of a saved cell: an endpoint that updates one row, behind the services' own server.

`python -m bench.bare_update DATABASE_URL PORT`
"""

import sys

from flask import Flask, Response, jsonify, request
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from sqlalchemy import create_engine, text

from common.web.serve import BACKLOG, THREADS


def bare_update_app(database_url: str) -> Flask:
    app = Flask("bare")
    engine = create_engine(database_url, pool_size=THREADS)

    @app.put("/")
    def update() -> Response:
        body = request.get_json()
        with engine.begin() as connection:
            connection.execute(
                text("update bare.cell set quantity = :quantity where id = :id"),
                {"id": body["id"], "quantity": body["quantity"]},
            )
        return jsonify(quantity=body["quantity"])

    return app


def main(database_url: str, port: int) -> None:
    server = Server(
        target="bare",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=lambda: bare_update_app(database_url), wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
