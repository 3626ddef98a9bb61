"""What erasure makes of a value. Pure: the value, the person and the row's pseudonym in, a value out."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from common.privacy.mentions import without_mentions
from common.privacy.person import Person

DOMAIN = "erased.invalid"
"""Nothing is ever delivered there. Source: RFC 2606, section 2."""
REDACTED = "…"

Change = Callable[[Any, Person, str], Any]


@dataclass(frozen=True, slots=True)
class Fate:
    """`words` say it to people; `change` does it, and does nothing the second time."""

    words: str
    change: Change
    keeps: bool = False
    """Something personal stays, for the reason that the words give."""
    is_secret: bool = False
    """Not shown in an export: a hash is of no use to the person and of some to a thief."""
    paths: Mapping[str, "Fate"] | None = None
    """Of a JSON value: which of its members change, and how."""
    shape: str = "word"
    """What it works on: a word, a list, an object, the person's own address, a mention of it."""


def is_erased(address: str) -> bool:
    """Whether an address is a pseudonym's: nothing may be sent there."""
    return address.endswith("@" + DOMAIN)


def _null(value: Any, person: Person, name: str) -> Any:
    return None


def _empty(value: Any, person: Person, name: str) -> Any:
    return None if value is None else type(value)()


def _same(value: Any, person: Person, name: str) -> Any:
    return value


def _name(value: Any, person: Person, name: str) -> Any:
    return None if value is None else name


def _email(value: Any, person: Person, name: str) -> Any:
    return None if value is None else f"{name}@{DOMAIN}"


def _own_email(value: Any, person: Person, name: str) -> Any:
    is_own = isinstance(value, str) and value.lower() in person.emails
    return _email(value, person, name) if is_own else value


def _without_mentions(value: Any, person: Person, name: str) -> Any:
    if isinstance(value, str):
        return without_mentions(value, person.emails, instead=REDACTED)
    if isinstance(value, list):
        return [_without_mentions(e, person, name) for e in value if not _is_own(e, person)]
    if isinstance(value, dict):
        return {key: _without_mentions(each, person, name) for key, each in value.items()}
    return value


def _is_own(value: Any, person: Person) -> bool:
    return isinstance(value, str) and value.lower() in person.emails


NULL = Fate("removed", _null)
EMPTY = Fate("emptied", _empty, shape="list")
GONE = Fate("deleted with its row", _same)
NAME = Fate("replaced by a pseudonym", _name)
EMAIL = Fate("replaced by an address that nothing is delivered to", _email)
OWN_EMAIL = Fate("replaced where it is the person's", _own_email, shape="own")
MENTIONS = Fate("the person's addresses are taken out", _without_mentions, shape="mention")
SECRET = Fate("removed", _null, is_secret=True)


def kept(why: str) -> Fate:
    return Fate(f"kept: {why}", _same, keeps=True)


def within(paths: Mapping[str, Fate], *, rest: str = "") -> Fate:
    """Change members of a JSON value: `buyer.name`, `lines.*.note`. `rest`: why others stay."""

    def change(value: Any, person: Person, name: str) -> Any:
        changed = deepcopy(value)
        for path, fate in paths.items():
            _change_at(changed, path.split("."), fate, person, name)
        return changed

    said = "; ".join(f"`{path}` {fate.words}" for path, fate in paths.items())
    words = said + (f"; the rest kept: {rest}" if rest else "")
    return Fate(words, change, keeps=bool(rest), paths=paths)


def _change_at(at: Any, path: list[str], fate: Fate, person: Person, name: str) -> None:
    step, *rest = path
    if step == "*":
        for each in at if isinstance(at, list) else ():
            _change_at(each, rest, fate, person, name)
    elif isinstance(at, dict) and step in at:
        if rest:
            _change_at(at[step], rest, fate, person, name)
        else:
            at[step] = fate.change(at[step], person, name)


def only(*names: str) -> Fate:
    """Keep these members of a JSON object, which name nobody, and no others."""

    def change(value: Any, person: Person, name: str) -> Any:
        return {key: each for key, each in value.items() if key in names} if value else value

    said = ", ".join(f"`{name}`" for name in names)
    return Fate(f"all but {said} removed", change, shape="object")


def json_text(fate: Fate) -> Fate:
    """The same for JSON that is kept as text."""

    def change(value: Any, person: Person, name: str) -> Any:
        if not value:
            return value
        changed = fate.change(json.loads(value), person, name)
        return json.dumps(changed, ensure_ascii=False, separators=(",", ":"))

    return Fate(fate.words, change, fate.keeps, paths=fate.paths)
