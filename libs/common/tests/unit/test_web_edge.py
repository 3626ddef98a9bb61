"""The doors and locks that every service's pages have, on a small service of the test's own."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from common.deps import BaseDeps, connect
from common.errors import FieldError, Invalid
from common.service_tokens import TokenMaker
from common.settings import Settings
from common.testing import make_keys, settings_env
from common.web.app import create_app
from common.web.internal import answers, questions


class NumberIn(Schema):
    number = fields.Integer(required=True)


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    env = settings_env(
        "links",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        cache_url="redis://127.0.0.1:1/0",
    )
    pages = Blueprint("toy", __name__)
    inner = questions("toy_questions", __name__)

    @pages.post("/things")
    def make_thing() -> str:
        return "made"

    @pages.get("/broken")
    def show_broken() -> str:
        raise RuntimeError("secret of the house")

    @pages.get("/stored")
    def show_stored() -> str:
        with deps.database.transaction() as session:
            return str(session.scalar(text("select 1")))

    @pages.get("/inner/<state>")
    def show_inner(state: str) -> str:
        raise InternalError("select 1", {}, errors.lookup(state)("could not write"))

    @pages.get("/refused")
    def show_refused() -> str:
        raise Invalid("No.", errors=[FieldError("name", "missing", "Give a name.")])

    @answers(inner, "numbers/double", reads=NumberIn)
    def double(number: int) -> dict[str, int]:
        return {"double": 2 * number}

    deps = BaseDeps(**connect(Settings.from_env(env)))
    yield create_app(deps=deps, import_name=__name__, pages_=[pages], internal_=[inner])
    deps.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def service_headers(audience: str = "links") -> dict[str, str]:
    maker = TokenMaker(service="catalog", private_key=make_keys()[0]["catalog"])
    return {"Authorization": f"Bearer {maker.token_for(audience)}"}


@pytest.mark.parametrize(
    ("state", "status"), [("XX000", 503), ("XX002", 503), ("25P03", 503), ("25P02", 500)]
)
def test_a_database_that_panics_is_an_outage_and_a_mistake_of_ours_is_none(
    client: FlaskClient, state: str, status: int
) -> None:
    answer = client.get(f"/inner/{state}", headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert "could not write" not in answer.text


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/things").status_code == 403


def test_another_sites_request_is_refused(client: FlaskClient) -> None:
    reply = client.post("/things", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403


def test_a_failure_shows_no_inside(client: FlaskClient) -> None:
    reply = client.get("/broken")
    assert reply.status_code == 500
    assert b"secret of the house" not in reply.data
    assert b"Traceback" not in reply.data
    assert reply.headers["X-Request-Id"].encode() in reply.data


@pytest.mark.parametrize("accepted", ["text/html", "application/json"])
def test_a_database_that_is_away_asks_to_try_again(client: FlaskClient, accepted: str) -> None:
    reply = client.get("/stored", headers={"Accept": accepted})
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "1")
    assert b"not answering" in reply.data
    assert b"127.0.0.1" not in reply.data
    assert b"psycopg" not in reply.data


def test_every_page_has_its_own_nonce(client: FlaskClient) -> None:
    first, second = (client.get("/nowhere").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second
    assert "default-src 'none'" in first
    assert "unsafe-inline" not in first


def test_programs_get_a_problem_document(client: FlaskClient) -> None:
    reply = client.get("/refused", headers={"Accept": "application/json"})
    assert reply.status_code == 422
    assert reply.mimetype == "application/problem+json"
    assert reply.json is not None
    assert reply.json["errors"] == [{"field": "name", "code": "missing", "detail": "Give a name."}]


def test_a_body_over_one_mebibyte_is_413(client: FlaskClient) -> None:
    reply = client.post(
        "/internal/v1/numbers/double",
        data=b"[" + b" " * (1024 * 1024 + 1),
        content_type="application/json",
        headers=service_headers(),
    )
    assert reply.status_code == 413


def test_questions_are_for_services_only(client: FlaskClient) -> None:
    path = "/internal/v1/numbers/double"
    assert client.post(path, json={"number": 2}).status_code == 401
    wrong = service_headers(audience="checkout")
    assert client.post(path, json={"number": 2}, headers=wrong).status_code == 401
    right = client.post(path, json={"number": 2}, headers=service_headers())
    assert right.json == {"double": 4}


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b'{"number": "x"}', 422)])
def test_unreadable_is_400_and_wrong_is_422(client: FlaskClient, body: bytes, status: int) -> None:
    reply = client.post(
        "/internal/v1/numbers/double",
        data=body,
        content_type="application/json",
        headers=service_headers(),
    )
    assert reply.status_code == status


def test_japanese_is_spoken_to_those_who_ask(client: FlaskClient) -> None:
    english = client.get("/nowhere").get_data(as_text=True)
    japanese = client.get("/nowhere", headers={"Accept-Language": "ja"}).get_data(as_text=True)
    assert 'lang="en"' in english
    assert 'lang="ja"' in japanese


def test_made_up_methods_do_not_grow_the_metrics(client: FlaskClient) -> None:
    for number in range(3):
        client.open("/nowhere", method=f"MADEUP{number}")
    shown = client.get("/metrics").text
    assert "MADEUP" not in shown
    assert 'http_requests_total{method="other",route="none"' in shown
