"""MP4: boxes one after the other to the very end. Source: ISO/IEC 14496-12, sections 4.2 and 8."""

from collections.abc import Iterator
from typing import IO

OUTER = frozenset(
    b"ftyp moov mdat free skip wide moof mfra sidx ssix styp udta meta uuid pdin emsg prft".split()
)
BRANDS = frozenset(
    b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 avc1 dash cmfc M4V\x20 MSNV".split(
        b" "
    )
)
MOST_BOXES = 200_000


def begins(head: bytes) -> bool:
    """QuickTime looks alike, but most browsers play none."""
    return head[4:8] == b"ftyp" and head[8:12] != b"qt  "


def check(file: IO[bytes], size: int) -> None:
    """Raise ValueError unless the boxes fill the file exactly and describe a video track."""
    found: set[bytes] = set()
    has_picture = False
    for kind, start, end in boxes(file, 0, size):
        if kind not in OUTER or (not found) != (kind == b"ftyp"):
            raise ValueError("a box that does not belong here")
        if kind == b"ftyp" and not _is_known(_read(file, start, min(end, start + 256))):
            raise ValueError("another kind of film")
        if kind == b"moov":
            has_picture = _has_picture(file, start, end)
        found.add(kind)
    if not has_picture or not found & {b"mdat", b"moof"}:
        raise ValueError("no film in it")


def boxes(file: IO[bytes], at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give (type, start and end of the content) of each box. Raises ValueError."""
    for _ in range(MOST_BOXES):
        if at == end:
            return
        header = _read(file, at, at + 8)
        length, kind, start = int.from_bytes(header[:4]), header[4:8], at + 8
        if length == 1:
            length, start = int.from_bytes(_read(file, at + 8, at + 16)), at + 16
        stop = end if length == 0 else at + length
        if stop < start or stop > end:
            raise ValueError("a box that ends beyond its place")
        yield kind, start, stop
        at = stop
    raise ValueError("too many boxes")


def _is_known(ftyp: bytes) -> bool:
    brands = {ftyp[:4]} | {ftyp[at : at + 4] for at in range(8, len(ftyp), 4)}
    return bool(brands & BRANDS)


def _has_picture(file: IO[bytes], at: int, end: int) -> bool:
    """Say whether a track of the movie is handled as video."""
    for kind, start, stop in list(boxes(file, at, end)):
        if kind in (b"trak", b"mdia") and _has_picture(file, start, stop):
            return True
        if kind == b"hdlr" and _read(file, start, start + 12)[8:12] == b"vide":
            return True
    return False


def _read(file: IO[bytes], at: int, end: int) -> bytes:
    file.seek(at)
    data = file.read(end - at)
    if len(data) != end - at:
        raise ValueError("cut short")
    return data
