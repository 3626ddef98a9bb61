"""The gallery served on a free port, and a Chromium to look at it; without one, not run."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from devstack.demo.chromium import find_chromium, running_chromium

sys.path.insert(0, str(Path(__file__).parent.parent))

from gallery.app import create_app


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if find_chromium() is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium on this machine, and REQUIRE_BROWSER=1 demands one.")
        pytest.skip("not run: no Chromium on this machine")
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def gallery() -> Iterator[str]:
    """Serve a gallery with an empty cart; return its address."""
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Give a fresh tab that may use the clipboard; a refused script or style fails the test."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    expect.set_options(timeout=20_000)
    refused: list[str] = []
    tab.on(
        "console",
        lambda words: refused.append(words.text) if "Content Security" in words.text else None,
    )
    tab.on("pageerror", lambda error: refused.append(str(error)))
    yield tab
    context.close()
    assert not refused
