"""A client that carries the page's CSRF token, as the browser that opened the page would."""

from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class PageClient(FlaskClient):
    """Use it as `app.test_client_class`; requests that change something get the token's header."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        if given.get("method") in UNSAFE:
            headers = dict(given.get("headers") or {})
            headers.setdefault("X-CSRFToken", self._csrf_token())
            given["headers"] = headers
        return super().open(*args, **given)

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", "0" * 40)
        key = str(self.application.config["SECRET_KEY"])
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))
