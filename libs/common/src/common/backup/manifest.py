"""What a backup says of itself: whose, when, of which schema, and each file with its checksum."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"
DUMP = "database.dump"
FILES = "media"
FORMAT = 1


class UnusableBackup(Exception):
    """It is not restored; the sentence says why. Nothing was touched."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`begun_at`: no transaction committed before it is missing. ISO 8601, UTC."""

    service: str
    begun_at: str
    schema: str
    """The newest migration that had run."""
    files: Mapping[str, Mapping[str, str | int]]
    """Path in the folder → `bytes` and `sha256`."""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Return it with every file as it was when written. Raises UnusableBackup."""
        try:
            manifest = cls(**json.loads((folder / NAME).read_text()))
        except (OSError, ValueError, TypeError) as wrong:
            raise UnusableBackup(f"{folder} holds no complete backup.") from wrong
        if manifest.format != FORMAT:
            raise UnusableBackup("This backup was written by another release; use that one.")
        for name, told in manifest.files.items():
            path = folder / name
            if not path.is_file() or fingerprint(path) != dict(told):
                raise UnusableBackup(f"{name} is not the file that was backed up.")
        return manifest


def fingerprint(path: Path) -> dict[str, str | int]:
    """Return the file's size and checksum."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
