"""Drawing the demo world's pictures takes longest of all: they are drawn once per clone.

A second stack, of a test for example, gets copies. Drawn anew when the drawing changes.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from devstack.places import ROOT, Places

FOLDER = "demo"
"""Of the media folder: all that is drawn, and nothing that is uploaded."""
HERE = Path(__file__).parent


@contextmanager
def kept_pictures(places: Places, kept: Path = ROOT / "var" / "pictures") -> Iterator[None]:
    """Bring the pictures of an earlier time before the block, keep new ones after it."""
    known, wanted = kept / fingerprint(), places.media / FOLDER
    if known.exists() and not wanted.exists():
        shutil.copytree(known, wanted)
    yield
    if wanted.exists() and not known.exists():
        draft = kept / f"{os.getpid()}.new"
        shutil.copytree(wanted, draft)
        with suppress(OSError):  # Another stack was quicker.
            draft.replace(known)
        shutil.rmtree(draft, ignore_errors=True)


def fingerprint() -> str:
    """Return a name for the drawing as it is now: another one when any of its files changed."""
    sources = [*HERE.glob("pictures/**/*.py"), *HERE.glob("world/*.py")]
    texts = b"".join(path.read_bytes() for path in sorted(sources))
    return hashlib.sha256(texts).hexdigest()[:16]
