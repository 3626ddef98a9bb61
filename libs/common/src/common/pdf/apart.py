"""Long documents with pictures, set in a process of their own: `python -m common.pdf.apart FOLDER`.

typst keeps what it worked out and holds Python's lock meanwhile; so a web process neither waits
nor grows. The child ends itself when it takes more time or memory than a document may.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common.errors import Unavailable
from common.pdf import as_inputs, compiled

PAGE, SAID, DOCUMENT = "page.typ", "said.json", "document.pdf"
MOST_SECONDS, MOST_BYTES = 20, 2 * 2**30
"""Of processor time and of addresses, which are several times the memory that is used."""


class DocumentTooLarge(Unavailable):
    """It took more time or memory than a document may, or the machine had none left."""

    code = "document_too_large"


def set_apart(source: Path, *, pictures: Mapping[str, bytes], **said: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template as set_document does, the pictures beside it by plain name.

    A JPEG goes into the document as it is. Raises DocumentTooLarge.
    """
    with TemporaryDirectory(prefix="pdf-") as place:
        folder = Path(place)
        shutil.copy(source, folder / PAGE)
        (folder / SAID).write_text(json.dumps(as_inputs(said)))
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        child = [sys.executable, "-m", "common.pdf.apart", place]
        try:
            done = subprocess.run(child, timeout=3 * MOST_SECONDS, capture_output=True, check=False)
        except subprocess.TimeoutExpired as late:
            raise DocumentTooLarge(retry_after=30) from late
        if done.returncode:
            said_last = done.stderr.decode(errors="replace")[-500:]
            raise DocumentTooLarge(retry_after=30) from RuntimeError(said_last)
        return (folder / DOCUMENT).read_bytes()


def main(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    inputs = json.loads((folder / SAID).read_text())
    (folder / DOCUMENT).write_bytes(compiled(folder / PAGE, inputs))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
