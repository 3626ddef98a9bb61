"""How large an open file is, without reading it."""

import os
from typing import IO

from common.files.refusals import empty, too_large


def size_of(file: IO[bytes]) -> int:
    """Return its bytes; the file stands at its beginning afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def demand_size(file: IO[bytes], *, limit_bytes: int) -> int:
    """Return its bytes. Raises FileRefused for an empty or too large one."""
    size = size_of(file)
    if size == 0:
        raise empty()
    if size > limit_bytes:
        raise too_large(limit_bytes)
    return size
