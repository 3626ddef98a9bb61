"""An API key is held to its scopes in one place, whatever the view does."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from common.deps import BaseDeps, connect
from common.ids import new_id
from common.sessions import Claims
from common.settings import Settings
from common.testing import make_claims, settings_env
from common.web.app import create_app
from common.web.auth import current_staff, demand_write


class Keys:
    """Sessions of the test's own: the key's text is its scopes."""

    def read(self, kind: str, token: str, **_: object) -> Claims:
        role = "member_write" if ":write" in token else "member_read"
        scopes = token.split(",") if kind == "api_key" else []
        kind = "api_key" if kind == "api_key" else "staff"
        return Claims.of_json(make_claims(kind=kind, maker_id=new_id(), role=role, scopes=scopes))


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    env = settings_env(
        "links",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        cache_url="redis://127.0.0.1:1/0",
    )
    parts = connect(Settings.from_env(env))
    deps = BaseDeps(**{**parts, "sessions": Keys()})  # type: ignore[arg-type]
    pages = Blueprint("toy", __name__)

    @pages.route("/api/links/v1/things", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def things() -> str:
        """A view that forgot to ask for write permission."""
        return current_staff().kind

    @pages.get("/api/links/v1/guarded")
    def guarded() -> str:
        demand_write(current_staff())
        return "written"

    @pages.post("/api/links/v1/forgotten")
    def forgotten() -> str:
        return "nobody was asked"

    yield create_app(deps=deps, import_name=__name__, pages_=[pages])
    deps.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def status(client: FlaskClient, method: str, scopes: str, path: str = "things") -> int:
    headers = {"Authorization": f"Bearer {scopes}"}
    return client.open(f"/api/links/v1/{path}", method=method, headers=headers).status_code


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_changing_needs_the_services_write_scope(client: FlaskClient, method: str) -> None:
    assert status(client, method, "links:write") == 200
    assert status(client, method, "links:read") == 403
    assert status(client, method, "catalog:write") == 403


def test_looking_needs_a_scope_of_the_service(client: FlaskClient) -> None:
    assert status(client, "GET", "links:read") == 200
    assert status(client, "GET", "catalog:read,links:write") == 200
    assert status(client, "GET", "catalog:write") == 403


def test_a_role_from_another_services_scope_does_not_write_here(client: FlaskClient) -> None:
    assert status(client, "GET", "links:write", "guarded") == 200
    assert status(client, "GET", "links:read,catalog:write", "guarded") == 403


def test_a_view_that_asks_nobody_is_guarded_all_the_same(client: FlaskClient) -> None:
    assert status(client, "POST", "links:read", "forgotten") == 403
    assert status(client, "POST", "links:write", "forgotten") == 200


def test_people_have_roles_and_no_scopes(client: FlaskClient) -> None:
    client.set_cookie("s", "anything")
    assert client.get("/api/links/v1/things").text == "staff"


@pytest.mark.parametrize("shown", ["Basic bm9ib2R5Om5vbmU=", "Bearer", "Bearer ", "anything", ""])
def test_a_header_that_is_no_key_does_not_let_the_cookie_act(
    client: FlaskClient, shown: str
) -> None:
    """It spares the request the CSRF check, which is there for cookies."""
    client.set_cookie("s", "anything")
    for method in ("GET", "POST", "PUT", "DELETE"):
        headers = {"Authorization": shown, "Sec-Fetch-Site": "cross-site"}
        reply = client.open("/api/links/v1/things", method=method, headers=headers)
        assert reply.status_code == 401
