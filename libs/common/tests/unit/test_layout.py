"""The shared layout: whole in both languages, and nothing that the strict policy would refuse."""

import re
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import common

sys.path.insert(0, str(Path(__file__).parent.parent))

from gallery.app import create_app
from gallery.samples import PAGES

PACKAGE = Path(str(common.__file__)).parent
REFUSED = re.compile(r"\s(style|on[a-z]+|hx-on[:a-z-]*)=", re.IGNORECASE)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def test_everything_people_read_is_also_japanese() -> None:
    methods = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
    found = {message for _, _, message, _, _ in extract_from_dir(PACKAGE, method_map=methods)}
    with (PACKAGE / "translations/ja/LC_MESSAGES/messages.po").open("rb") as file:
        known = {
            tuple(message.id) if isinstance(message.id, list) else message.id
            for message in read_po(file, locale="ja")
            if message.string and (isinstance(message.string, str) or all(message.string))
        }

    assert found - known == set()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("page", [*PAGES, *(f"error/{n}" for n in (400, 404, 410, 418, 429, 503))])
def test_every_page_keeps_the_policy_and_labels_its_fields(
    client: FlaskClient, page: str, language: str
) -> None:
    answer = client.get(f"/{page}?language={language}")
    soup = BeautifulSoup(answer.text, "html.parser")

    assert answer.status_code == 200
    assert soup.html is not None
    assert soup.html["lang"] == language
    assert not REFUSED.search(answer.text)
    assert all(tag.has_attr("nonce") for tag in soup.find_all("script"))
    labels = {label["for"] for label in soup.find_all("label") if label.has_attr("for")}
    fields = soup.select("input.input, select.input, textarea.input")
    assert all(field["id"] in labels for field in fields if not field.has_attr("aria-label"))
    described = " ".join(str(tag["aria-describedby"]) for tag in soup.select("[aria-describedby]"))
    assert all(soup.find(id=name) for name in described.split())


def test_errors_are_listed_on_top_and_lead_to_their_fields(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/link_form?language=en").text, "html.parser")

    targets = [str(link["href"]) for link in soup.select(".summary a")]

    assert targets == ["#name", "#catalogs"]
    assert all(soup.select_one(target) for target in targets)
    assert soup.select_one("#name[aria-invalid=true]")


def test_only_errors_that_may_pass_offer_another_try(client: FlaskClient) -> None:
    assert "Try again" in client.get("/error/503?language=en").text
    assert "Try again" not in client.get("/error/404?language=en").text


def test_a_first_view_of_the_storefront_is_light() -> None:
    """Fonts, styles and scripts as they lie on disk, before any compression (budget 120 KB sent)."""
    static = PACKAGE / "static"
    fonts = sum(file.stat().st_size for file in static.rglob("*.woff2"))
    styles = sum(file.stat().st_size for file in static.rglob("*.css"))
    scripts = sum(file.stat().st_size for file in static.rglob("*.js"))

    assert fonts < 60_000
    assert (styles + scripts) / 3 + fonts < 100_000
