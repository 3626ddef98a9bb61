"""Large bodies are for those a view knows; everybody else meets the same checks as ever."""

import io
from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient

from common.deps import BaseDeps, connect
from common.errors import Forbidden
from common.settings import Settings
from common.testing import PageClient, settings_env
from common.web.app import create_app
from common.web.bodies import takes_up_to

MIB = 2**20


class Strangers(Forbidden):
    code = "stranger"


def demand_friend() -> None:
    if request.cookies.get("friend") is None:
        raise Strangers


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    env = settings_env(
        "links",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        cache_url="redis://127.0.0.1:1/0",
    )
    pages = Blueprint("toy", __name__)

    @pages.post("/files")
    @takes_up_to(10 * MIB, of=demand_friend)
    def keep() -> str:
        return str(len(request.get_data()))

    deps = BaseDeps(**connect(Settings.from_env(env)))
    yield create_app(deps=deps, import_name=__name__, pages_=[pages])
    deps.close()


def send(app: Flask, *, size: int, is_friend: bool, has_token: bool) -> tuple[int, str]:
    client: FlaskClient = PageClient(app) if has_token else FlaskClient(app)
    if is_friend:
        client.set_cookie("friend", "yes")
    reply = client.post(
        "/files",
        data=b"x" * size,
        headers={"Accept": "application/json"},
        content_type="text/plain",
    )
    return reply.status_code, str((reply.json or {}).get("code") if reply.is_json else reply.text)


def test_a_friend_sends_what_nobody_else_may(app: Flask) -> None:
    assert send(app, size=2 * MIB, is_friend=True, has_token=True) == (200, str(2 * MIB))
    assert send(app, size=2 * MIB, is_friend=False, has_token=True) == (403, "stranger")


def test_a_strangers_small_body_meets_the_token_first_and_then_the_refusal(app: Flask) -> None:
    assert send(app, size=10, is_friend=False, has_token=False) == (403, "page_expired")
    assert send(app, size=10, is_friend=False, has_token=True) == (403, "stranger")


def test_what_is_refused_is_read_to_its_end(app: Flask) -> None:
    """A connection that ends with something unread takes the answer with it."""
    body = io.BytesIO(b"x" * 20 * MIB)
    reply = FlaskClient(app).post("/files", input_stream=body, content_length=20 * MIB)
    assert (reply.status_code, body.tell()) == (403, 20 * MIB)
