"""Documents as PDF, set by typst, which comes as a wheel and needs no program of the system.

The fonts lie beside this file, so the Japanese of a document never depends on the machine; what
a document uses of them is embedded. Noto Sans JP 400 and 700, and Instrument Serif (the pages' display face,
whose web font it is, unpacked) for names set large: SIL Open Font License 1.1 (fonts/LICENSE…).
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"


def set_document(source: Path, **said: Mapping[str, Any]) -> bytes:
    """Return the PDF of a typst template; each of `said` is a JSON text among its inputs.

    Everything comes as data, so nobody's words are ever run as code.
    """
    return compiled(source, as_inputs(said))


def as_inputs(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value, default=str) for name, value in said.items()}


def compiled(source: Path, inputs: dict[str, str]) -> bytes:
    return bytes(typst.compile(str(source), sys_inputs=inputs, font_paths=_fonts()))


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts only, read once per process: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
