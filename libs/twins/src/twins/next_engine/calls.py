"""One API call as it came in. The body is kept as bytes: a form parser would damage CP932."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Call:
    endpoint: str
    """Such as receiveorder_base/upload."""
    form: Mapping[str, bytes]

    def text(self, name: str) -> str:
        """Return a parameter as text, "" when it is absent."""
        return self.form.get(name, b"").decode("utf-8", "replace")

    def parameters(self) -> dict[str, str]:
        return {name: self.text(name) for name in self.form}


def read_form(body: bytes) -> dict[str, bytes]:
    """Return the urlencoded parameters, percent sequences undone byte by byte."""
    pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return {name: value.encode("latin-1") for name, value in pairs}
