"""A browser without scripts: follows links, fills forms by their labels, presses buttons."""

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from devstack.demo.form import Files, Form, Unexpected, text_of


class Browser:
    """One person's browser on the public address; remembers cookies and the page it is on."""

    def __init__(
        self,
        base: str,
        *,
        language: str = "en",
        cookies: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`cookies`: those of another browser, to go on as it. `transport`: how requests travel."""
        self._http = httpx.Client(
            transport=transport,
            base_url=base,
            follow_redirects=True,
            timeout=20,
            headers={"Accept": "text/html"},
            cookies={"language": language, **(cookies or {})},
        )
        self.reply: httpx.Response | None = None
        self.page = BeautifulSoup("", "html.parser")

    def open(self, address: str, *, status: int = 200) -> Self:
        """Open an address, absolute or a path."""
        return self._show(self._http.get(address), status)

    def follow(self, words: str) -> Self:
        """Follow the link with these words."""
        found = [a for a in self.page.find_all("a", href=True) if words in text_of(a)]
        if not found:
            raise Unexpected(f"No link «{words}» on {self.address}. {self.gist}")
        return self.open(urljoin(self.address, str(found[0]["href"])))

    def form(self, button: str) -> Form:
        """Return the form that has a button with these words."""
        for form in self.page.find_all("form"):
            for pressed in form.find_all("button"):
                if button in text_of(pressed):
                    return Form(self, form, pressed)
        raise Unexpected(f"No button «{button}» on {self.address}. {self.gist}")

    def send(
        self,
        method: str,
        action: str,
        fields: list[tuple[str, str]],
        status: int,
        files: Files | None = None,
    ) -> Self:
        """Send form fields, and files if any, as a browser does, from the page that is open."""
        url = urljoin(self.address, action or self.address)
        names: dict[str, list[str]] = {}
        for name, value in fields:
            names.setdefault(name, []).append(value)
        if method == "get":
            return self._show(self._http.get(url, params=names), status)
        headers = {"Sec-Fetch-Site": "same-origin", "Referer": self.address}
        return self._show(self._http.post(url, data=names, files=files, headers=headers), status)

    def put_json(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """Send JSON as the page's own script does, with the page's CSRF token."""
        headers = {
            "X-CSRFToken": self.csrf_token,
            "Sec-Fetch-Site": "same-origin",
            "Referer": self.address,
            "Accept": "application/json",
        }
        return self._http.put(path, json=body, headers=headers)

    def get_json(self, path: str) -> Any:
        reply = self._http.get(path, headers={"Accept": "application/json"})
        reply.raise_for_status()
        return reply.json()

    def get_text(self, path: str) -> str:
        """Download a file of text, in UTF-8 with or without a byte order mark."""
        reply = self._http.get(path)
        reply.raise_for_status()
        return reply.content.decode("utf-8-sig")

    @property
    def csrf_token(self) -> str:
        meta = self.page.find("meta", attrs={"name": "csrf-token"})
        return str(meta["content"]) if isinstance(meta, Tag) else ""

    @property
    def address(self) -> str:
        return str(self.reply.url) if self.reply is not None else ""

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def cookies(self) -> dict[str, str]:
        """What this browser remembers, to hand on to another one."""
        return dict(self._http.cookies)

    @property
    def words(self) -> str:
        """Everything that the page says, with single spaces."""
        return text_of(self.page)

    @property
    def gist(self) -> str:
        main = self.page.find("main")
        return f"The page says: {text_of(main or self.page)[:600]!r}"

    def expect(self, *words: str) -> Self:
        """Raise Unexpected unless the page says all of these."""
        for each in words:
            if each not in self.words:
                raise Unexpected(f"«{each}» is not on {self.address}. {self.gist}")
        return self

    def close(self) -> None:
        self._http.close()

    def _show(self, reply: httpx.Response, status: int) -> Self:
        self.reply = reply
        self.page = BeautifulSoup(reply.text, "html.parser")
        if reply.status_code != status:
            raise Unexpected(f"{reply.url} answered {reply.status_code}. {self.gist}")
        return self
