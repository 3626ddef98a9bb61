"""A browser without scripts: follows links, fills forms by their labels, presses buttons."""

import re
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag


class Unexpected(AssertionError):
    """A page is not what a person playing this step would expect to see."""


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

    def form(self, button: str) -> "Form":
        """Return the form that has a button with these words."""
        for form in self.page.find_all("form"):
            for pressed in form.find_all("button"):
                if button in text_of(pressed):
                    return Form(self, form, pressed)
        raise Unexpected(f"No button «{button}» on {self.address}. {self.gist}")

    def send(self, method: str, action: str, fields: list[tuple[str, str]], status: int) -> Self:
        """Send form fields as a browser does, from the page that is open."""
        url = urljoin(self.address, action or self.address)
        names: dict[str, list[str]] = {}
        for name, value in fields:
            names.setdefault(name, []).append(value)
        if method == "get":
            return self._show(self._http.get(url, params=names), status)
        headers = {"Sec-Fetch-Site": "same-origin", "Referer": self.address}
        return self._show(self._http.post(url, data=names, headers=headers), status)

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


class Form:
    """A form being filled; fields are found by the words of their labels."""

    def __init__(self, browser: Browser, form: Tag, button: Tag) -> None:
        self._browser = browser
        self._form = form
        self._button = button

    def fill(self, label: str, value: str) -> Self:
        """Write into a text field, area or select; a select takes the option's words or value."""
        control = self._control(label)
        if control.name == "textarea":
            control.string = value
        elif control.name == "select":
            self._select(control, value)
        else:
            control["value"] = value
        return self

    def check(self, label: str, *, on: bool = True) -> Self:
        """Tick (or clear) a checkbox, or choose a radio button."""
        control = self._control(label)
        if control.get("type") == "radio":
            for other in self._form.select(f'input[name="{control["name"]}"]'):
                other.attrs.pop("checked", None)
        control.attrs.pop("checked", None)
        if on:
            control["checked"] = ""
        return self

    def press(self, *, status: int = 200) -> Browser:
        """Press the button and look at what comes."""
        fields = [pair for control in self._controls() for pair in values_of(control)]
        if self._button.get("name"):
            fields.append((str(self._button["name"]), str(self._button.get("value", ""))))
        method = str(self._button.get("formmethod") or self._form.get("method", "get")).lower()
        action = str(self._button.get("formaction") or self._form.get("action", ""))
        return self._browser.send(method, action, fields, status)

    def _controls(self) -> list[Tag]:
        inside = self._form.find_all(["input", "select", "textarea"])
        name = self._form.get("id")
        outside = self._browser.page.select(f'[form="{name}"]') if name else []
        outside = [tag for tag in outside if tag.name != "button" and tag not in inside]
        return [tag for tag in [*inside, *outside] if not tag.has_attr("disabled")]

    def _control(self, label: str) -> Tag:
        for exact in (True, False):
            for tag in self._form.find_all("label"):
                said = text_of(tag)
                if said == label or (not exact and label in said):
                    target = tag.get("for")
                    found = self._form.find(id=str(target)) if target else tag.find(CONTROLS)
                    if isinstance(found, Tag):
                        return found
        raise Unexpected(f"No field «{label}» on {self._browser.address}. {self._browser.gist}")

    def _select(self, control: Tag, value: str) -> None:
        options = control.find_all("option")
        chosen = [o for o in options if o.get("value") == value or value in text_of(o)]
        if not chosen:
            raise Unexpected(f"No choice «{value}» on {self._browser.address}.")
        for option in options:
            option.attrs.pop("selected", None)
        chosen[0]["selected"] = ""


CONTROLS = re.compile("^(input|select|textarea)$")


def values_of(control: Tag) -> list[tuple[str, str]]:
    """Return what a browser sends for one control: nothing for an empty box."""
    name, kind = str(control.get("name", "")), str(control.get("type", "text"))
    if not name or kind in ("submit", "button", "file", "image"):
        return []
    if kind in ("checkbox", "radio"):
        return [(name, str(control.get("value", "on")))] if control.has_attr("checked") else []
    if control.name == "textarea":
        return [(name, control.get_text())]
    if control.name == "select":
        options = control.find_all("option")
        chosen = [o for o in options if o.has_attr("selected")] or options[:1]
        return [(name, str(o.get("value", text_of(o)))) for o in chosen]
    return [(name, str(control.get("value", "")))]


def text_of(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())
