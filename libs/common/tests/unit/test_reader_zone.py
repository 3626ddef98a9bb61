"""Instants in words are in the reader's own zone as soon as the browser has told it (D2)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from common.web import i18n
from common.web.pages import instant

MOMENT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__)
    i18n.install(app, directories=[Path("nowhere")])
    return app


@pytest.mark.rule("R23")
@pytest.mark.parametrize(
    ("cookie", "said"),
    [
        ("Asia/Tokyo", "Dec 1, 2026, 12:00:00 AM (Asia/Tokyo)"),
        ("America/New_York", "Nov 30, 2026, 10:00:00 AM (America/New_York)"),
        ("", "Nov 30, 2026, 3:00:00 PM (UTC)"),
        ("Nowhere/Land", "Nov 30, 2026, 3:00:00 PM (UTC)"),
        ("../../etc/passwd", "Nov 30, 2026, 3:00:00 PM (UTC)"),
    ],
)
def test_the_zone_that_the_browser_told_is_named(app: Flask, cookie: str, said: str) -> None:
    with app.test_request_context(headers={"Cookie": f"zone={cookie}; language=en"}):
        assert instant(MOMENT).replace("\u202f", " ") == said


def test_a_zone_that_is_asked_for_goes_before_the_readers(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "zone=Asia/Tokyo; language=en"}):
        assert instant(MOMENT, "Europe/Paris").endswith("(Europe/Paris)")
