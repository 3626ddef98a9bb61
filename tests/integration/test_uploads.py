"""A large video from the browser to storage: through the gateway, in flat memory, never run."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import psutil
import pytest

from common.testing.files import EndlessFilm, make_mp4
from devstack.demo.browser import Browser
from devstack.demo.staff import sign_in_staff
from devstack.testing.any_stack import AnyStack

pytestmark = pytest.mark.journey
MIB = 2**20
BEGIN = (
    b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nvideo\r\n'
    b'--x\r\nContent-Disposition: form-data; name="video_file"; filename="a.mp4"\r\n\r\n'
)


def body_of(film_bytes: int) -> EndlessFilm:
    """Return a form with an MP4 whose pictures take so many bytes."""
    head = make_mp4(b"")[:-8] + (film_bytes + 8).to_bytes(4) + b"mdat"
    return EndlessFilm(BEGIN + head, film_bytes, b"\r\n--x--\r\n")


def upload(world: Mapping[str, Any], staff: Browser, body: EndlessFilm) -> httpx.Response:
    def pieces() -> Iterator[bytes]:
        while piece := body.read(MIB):
            yield piece

    return httpx.post(
        f"{world['gateway']}/links/files",
        content=pieces(),
        cookies=staff.cookies,
        headers={
            "Content-Type": "multipart/form-data; boundary=x",
            "Content-Length": str(body.size),
            "Accept": "application/json",
            "X-CSRFToken": staff.csrf_token,
        },
        timeout=90,
    )


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], int]]:
    """Watch a process and its children; give a function that says by how much they grew at most."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    seen, is_over = [sum(each.memory_info().rss for each in family)], threading.Event()

    def look() -> None:
        while not is_over.is_set():
            seen.append(sum(each.memory_info().rss for each in family))
            time.sleep(0.02)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield lambda: max(seen) - seen[0]
    finally:
        is_over.set()
        watch.join()


@pytest.fixture
def staff(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = Browser(world["gateway"])
    sign_in_staff(browser, **world["staff"][0])
    browser.open("/links/new")
    yield browser
    browser.close()


@pytest.mark.rule("R145")
def test_a_large_video_moves_no_memory_and_is_served_in_ranges(
    stack: AnyStack, world: Mapping[str, Any], staff: Browser
) -> None:
    with watched(stack.pids()["links-web"]) as growth:
        reply = upload(world, staff, body_of(180 * MIB))
    assert reply.status_code == 201, reply.text
    assert growth() < 90 * MIB
    part = httpx.get(world["gateway"] + reply.json()["url"], headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.headers["Content-Type"]) == (206, "video/mp4")
    assert part.content == make_mp4(b"")[:100]
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in part.headers["Content-Security-Policy"]


@pytest.mark.rule("R145")
def test_a_larger_one_is_refused_in_a_sentence(world: Mapping[str, Any], staff: Browser) -> None:
    for _ in range(8):  # An answer given before all was read is lost, or not, by chance.
        reply = upload(world, staff, body_of(205 * MIB))
        assert (reply.status_code, reply.json()["code"]) == (413, "too_large"), reply.text


def test_a_strangers_is_refused_in_a_sentence(world: Mapping[str, Any]) -> None:
    stranger = Browser(world["gateway"])
    stranger.open("/signin")
    for _ in range(4):
        reply = upload(world, stranger, body_of(180 * MIB))
        assert reply.status_code in (401, 403), reply.text
        assert reply.json()["detail"]
    stranger.close()


def test_other_routes_take_no_large_body(world: Mapping[str, Any], staff: Browser) -> None:
    reply = httpx.post(
        f"{world['gateway']}/links/new", content=bytes(3 * MIB), cookies=staff.cookies, timeout=30
    )
    assert reply.status_code == 413
