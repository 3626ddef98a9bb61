"""A form that a browser without scripts fills in: fields are found by the words of their labels."""

import re
from typing import TYPE_CHECKING, Self

from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from devstack.demo.browser import Browser

Files = dict[str, tuple[str, bytes]]
"""By field: the file's name and what is in it."""


class Unexpected(AssertionError):
    """A page is not what a person playing this step would expect to see."""


class Form:
    """A form being filled; fields are found by the words of their labels."""

    def __init__(self, browser: "Browser", form: Tag, button: Tag) -> None:
        self._browser = browser
        self._form = form
        self._button = button
        self._files: Files = {}

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

    def attach(self, label: str, name: str, content: bytes) -> Self:
        """Choose a file with that name."""
        self._files[str(self._control(label)["name"])] = (name, content)
        return self

    def press(self, *, status: int = 200) -> "Browser":
        """Press the button and look at what comes."""
        fields = [pair for control in self._controls() for pair in values_of(control)]
        if self._button.get("name"):
            fields.append((str(self._button["name"]), str(self._button.get("value", ""))))
        method = str(self._button.get("formmethod") or self._form.get("method", "get")).lower()
        action = str(self._button.get("formaction") or self._form.get("action", ""))
        return self._browser.send(method, action, fields, status, self._files or None)

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
