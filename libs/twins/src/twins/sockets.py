"""Taking the wire away from under a request."""

import socket

from flask import request


def drop_connection() -> None:
    """Close the current request's connection; the caller sees it end without an answer.

    Works under werkzeug's own server, which puts the socket into the environment.
    """
    wire: socket.socket = request.environ["werkzeug.socket"]
    wire.shutdown(socket.SHUT_RDWR)
