"""Where files are kept: a folder, or any object store named by a URL such as s3://bucket/prefix."""

from typing import IO

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

CHUNK_BYTES = 5 * 2**20
"""The least that S3 takes as a part of a larger file."""


class Storage:
    """Puts, finds and removes files by key, a path of plain names."""

    def __init__(self, root: str) -> None:
        self._is_local = "://" not in root
        self._store: ObjectStore = (
            LocalStore(root, mkdir=True) if self._is_local else from_url(root)
        )

    def put(self, key: str, content: bytes | IO[bytes], *, content_type: str) -> None:
        """Write the file, whole or not at all; a large one passes through in pieces."""
        kind = None if self._is_local else {"Content-Type": content_type}
        obstore.put(
            self._store,
            key,
            content,
            attributes=kind,
            chunk_size=CHUNK_BYTES,
            max_concurrency=2,
        )

    def has(self, key: str) -> bool:
        try:
            obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def remove(self, *keys: str) -> None:
        """Remove the files; one that is not there is no trouble."""
        for key in keys:
            try:
                obstore.delete(self._store, key)
            except FileNotFoundError:
                continue
