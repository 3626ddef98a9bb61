"""Stored pictures: one key, several widths, in a folder or in any object store."""

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

WIDTHS = (400, 800, 1200)


def open_store(root: str) -> ObjectStore:
    """Return the store of a folder's path or of a URL such as s3://bucket/prefix."""
    return from_url(root) if "://" in root else LocalStore(root, mkdir=True)


def name_of(key: str, width: int) -> str:
    """Return the stored file's name."""
    return f"{key}-{width}.webp"


def has_picture(store: ObjectStore, key: str) -> bool:
    try:
        obstore.head(store, name_of(key, WIDTHS[-1]))
    except FileNotFoundError:
        return False
    return True


def save_picture(store: ObjectStore, key: str, files: dict[int, bytes]) -> None:
    """Write the files of a picture, the widest last, so that it marks the whole."""
    for width in sorted(files):
        obstore.put(store, name_of(key, width), files[width])
