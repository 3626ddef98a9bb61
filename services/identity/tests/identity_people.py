"""Somebody with a browser: opens pages, sends their forms with the token that they carry."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')


class Person:
    """Keeps cookies; follows no redirects, for where one is sent is what tests look at."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""

    def open(self, path: str, **given: Any) -> TestResponse:
        reply = self.client.get(path, headers={"Accept": "text/html"}, **given)
        self.page = reply.text
        return reply

    def send(self, path: str, on: str | None = None, **fields: Any) -> TestResponse:
        """Open the page `on` (default: the path) for its token, then post the fields."""
        self.open(on or path)
        found = CSRF.search(self.page)
        data = {"csrf_token": found.group(1) if found else "", **fields}
        reply = self.client.post(path, data=data, headers={"Accept": "text/html"})
        self.page = reply.text
        return reply

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None
