"""Walks from page to page like a visitor, each kind of page once."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
TOKEN = re.compile(r"/(l|shop|signin|cart|checkout)/[A-Za-z0-9_-]{22}\b")
SERVICE_OF_OPS = re.compile(r"^/ops/[a-z]+")
NO_PAGES = ("/static/", "/media/", "/api/", "/l/")
MOST = 120
SETTLING_MS = 900
"""What scripts still draw after the page is there."""
STILL_ASKED = "[data-asking]:not([hidden])"


def walk(
    page: Page, starts: Sequence[str], see: Callable[[str, Page], None], troubles: list[str]
) -> None:
    """Open every kind of page that links lead to from `starts`; `see` gets its name and the page.

    Two addresses are of one kind when they differ only in ids, tokens and query. Starts are all
    seen. Pages that broke are added to `troubles`.
    """
    waiting = [
        (kind_of(start) + ("" if n == 0 else f"-{n}"), start) for n, start in enumerate(starts)
    ]
    known = {kind_of(start) for start in starts}
    for name, address in waiting:
        if not arrive(page, address, troubles):
            continue
        see(name.strip("/").replace("/", "_") or "front", page)
        for link in links_on(page):
            kind = kind_of(link)
            if kind not in known and len(known) < MOST:
                known.add(kind)
                waiting.append((kind, link))


def kind_of(address: str) -> str:
    """Return the address's path without what tells its like apart: ids, tokens, services of /ops."""
    path = TOKEN.sub(r"/\1/x", ID.sub("x", urlsplit(address).path))
    return SERVICE_OF_OPS.sub("/ops/x", path)


def arrive(page: Page, address: str, troubles: list[str]) -> bool:
    """Open the address; False for what is no page: a file that downloads."""
    try:
        reply = page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLING_MS)
        page.locator(STILL_ASKED).first.wait_for(state="detached")
        if reply is not None and reply.status >= 500:
            troubles.append(f"{address} answered {reply.status}")
    except Error as refused:
        if "Download is starting" in str(refused) or "ERR_ABORTED" in str(refused):
            return False
        raise
    return True


def links_on(page: Page) -> list[str]:
    """Return where the page's links lead on this site."""
    here = urlsplit(page.url)
    found = page.eval_on_selector_all("a[href]:not([download])", "all => all.map((a) => a.href)")
    parts = [urlsplit(each) for each in found]
    return [
        each.geturl()
        for each in parts
        if each.netloc == here.netloc and not each.path.startswith(NO_PAGES)
    ]
