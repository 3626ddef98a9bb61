"""A preview's token lets nothing be changed, whatever the page, method and service."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask

from common.deps import BaseDeps, connect
from common.settings import Settings
from common.testing import PageClient, settings_env
from common.web.app import create_app
from common.web.preview import is_preview

PREVIEW, LINK = "p_" + "A" * 22, "p_" + "A" * 20
"""A link's own token may begin with the same letters; it is two characters shorter."""


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    env = settings_env(
        "links",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        cache_url="redis://127.0.0.1:1/0",
    )
    pages = Blueprint("toy", __name__)

    @pages.route("/carts/<token>/lines", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def answer_all(token: str) -> str:
        return "done"

    deps = BaseDeps(**connect(Settings.from_env(env)))
    made = create_app(deps=deps, import_name=__name__, pages_=[pages])
    made.test_client_class = PageClient
    yield made
    deps.close()


@pytest.mark.rule("R95")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed_on_a_preview(app: Flask, method: str) -> None:
    client = app.test_client()
    refused = client.open(f"/carts/{PREVIEW}/lines", method=method)
    assert refused.status_code == 403
    assert "nothing can be changed or ordered" in refused.text
    asked = client.open(
        f"/carts/{PREVIEW}/lines", method=method, headers={"Accept": "application/json"}
    )
    assert (asked.json or {})["code"] == "preview_is_for_looking"
    assert client.open(f"/carts/{LINK}/lines", method=method).status_code == 200


def test_looking_is_let_through_the_wall(app: Flask) -> None:
    assert app.test_client().get(f"/carts/{PREVIEW}/lines").status_code == 200


@pytest.mark.parametrize("token", ["", "p_", LINK, PREVIEW + "A", "q_" + "A" * 22, PREVIEW + "\n"])
def test_only_its_own_form_is_a_preview(token: str) -> None:
    assert is_preview(PREVIEW)
    assert not is_preview(token)
