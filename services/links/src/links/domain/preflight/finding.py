"""One thing that will go wrong with a link, as a fact: the words are the page's."""

import dataclasses
from collections.abc import Mapping
from typing import Any

WARNS, BLOCKS = "warns", "blocks"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """`code` is for programs, `rule` the reason, `field` where the link form cures it."""

    code: str
    rule: str
    field: str | None
    """None: only another page cures it."""
    severity: str = WARNS
    """`blocks`: the form refuses to save a link like this."""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What the words name: names, numbers, currencies; instants as ISO text."""

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)
