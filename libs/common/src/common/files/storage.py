"""Where files are kept: a folder, or any object store named by a URL such as s3://bucket/prefix."""

import mimetypes
import os
from pathlib import Path
from typing import IO

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

CHUNK_BYTES = 5 * 2**20
"""The least that S3 takes as a part of a larger file."""


class Storage:
    """Puts, finds and removes files by key, a path of plain names."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._is_local = "://" not in root
        self._store: ObjectStore = (
            LocalStore(root, mkdir=True) if self._is_local else from_url(root)
        )

    def is_usable(self) -> bool:
        """Whether files can be kept: the folder is there and ours to write, or the store answers."""
        if self._is_local:
            return os.access(self._root, os.W_OK | os.X_OK)
        self.has("none")
        return True

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

    def read(self, key: str) -> bytes | None:
        """Return the whole file, None if there is none; for files that are small."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def remove(self, *keys: str) -> None:
        """Remove the files; one that is not there is no trouble."""
        for key in keys:
            try:
                obstore.delete(self._store, key)
            except FileNotFoundError:
                continue

    def copy_out(self, folder: Path) -> int:
        """Write every file into the folder, for a backup; return how many."""
        number = 0
        for batch in obstore.list(self._store):
            for each in batch:
                path = folder / each["path"]
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    for piece in obstore.get(self._store, each["path"]).stream():
                        file.write(piece)
                number += 1
        return number

    def copy_in(self, folder: Path) -> int:
        """Put every file of the folder that is not here; return how many. None is ever changed."""
        missing = [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not self.has(path.relative_to(folder).as_posix())
        ]
        for path in missing:
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            with path.open("rb") as file:
                self.put(path.relative_to(folder).as_posix(), file, content_type=kind)
        return len(missing)
