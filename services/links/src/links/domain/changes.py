"""Where two versions of a link differ, for two people who edited it at the same time."""

from collections.abc import Iterator
from dataclasses import fields

from links.domain.link_rules import LinkDraft


def changed_fields(saved: LinkDraft, typed: LinkDraft) -> Iterator[str]:
    """Give the names of the fields that differ, in the form's order.

    A passcode is only ever typed anew: it differs when it is switched, or when a new one is typed.
    """
    for each in fields(LinkDraft):
        if each.name == "passcode":
            is_switched = saved.passcode.is_on != typed.passcode.is_on
            if is_switched or typed.passcode.typed is not None:
                yield each.name
        elif _plain(getattr(saved, each.name)) != _plain(getattr(typed, each.name)):
            yield each.name


def _plain(value: object) -> object:
    """Return the value for comparing: spaces around a text and the kind of a list mean nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
