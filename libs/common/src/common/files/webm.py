"""WebM: EBML elements to the very end. Source: RFC 8794 and RFC 9559; webmproject.org, container."""

from dataclasses import dataclass
from typing import IO

EBML, DOCTYPE, SEGMENT, CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675
TRACKS, TRACK, TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83
VOID, CRC = 0xEC, 0xBF
IN_SEGMENT = {
    0x114D9B74,
    0x1549A966,
    TRACKS,
    0x1C53BB6B,
    CLUSTER,
    0x1254C367,
    0x1043A770,
    VOID,
    CRC,
}
"""SeekHead, Info, Tracks, Cues, Cluster, Tags, Chapters. Attachments are no part of WebM."""
IN_CLUSTER = {0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x58D7}
"""Timestamp, SimpleBlock, BlockGroup, Position, PrevSize: met in a Cluster of unknown size."""
MOST_ELEMENTS = 500_000


@dataclass(frozen=True)
class Element:
    id: int
    start: int
    end: int | None
    """None: of unknown size, as a live recording writes it."""


def begins(head: bytes) -> bool:
    return head[:4] == EBML.to_bytes(4)


def check(file: IO[bytes], size: int) -> None:
    """Raise ValueError unless it is WebM to its last byte, with a video track."""
    head = element_at(file, 0, size)
    if head.end is None or _inside(file, head, DOCTYPE) != b"webm":
        raise ValueError("another kind of EBML")
    at, found, has_picture = head.end, set[int](), False
    for _ in range(MOST_ELEMENTS):
        if at == size:
            break
        each = element_at(file, at, size)
        if (SEGMENT not in found) != (each.id == SEGMENT) or not _belongs(each, found):
            raise ValueError("an element that does not belong here")
        if each.id == SEGMENT and each.end not in (None, size):
            raise ValueError("something after the film")
        has_picture = has_picture or (each.id == TRACKS and _has_picture(file, each))
        found.add(each.id)
        is_open = each.id == SEGMENT or (each.id == CLUSTER and each.end is None)
        at = each.start if is_open else _end(each)
    if at != size or not has_picture or CLUSTER not in found:
        raise ValueError("no whole film")


def element_at(file: IO[bytes], at: int, limit: int) -> Element:
    """Return the element that begins there. Raises ValueError when it ends beyond `limit`."""
    file.seek(at)
    header = file.read(12)
    id_bytes = _length(header, 0, 4)
    size_bytes = _length(header, id_bytes, 8)
    if len(header) < id_bytes + size_bytes:
        raise ValueError("cut short")
    raw = int.from_bytes(header[id_bytes : id_bytes + size_bytes])
    unknown = (1 << (7 * size_bytes)) - 1
    length, start = raw & unknown, at + id_bytes + size_bytes
    end = None if length == unknown else start + length
    if (end or start) > limit:
        raise ValueError("an element that ends beyond its place")
    return Element(int.from_bytes(header[:id_bytes]), start, end)


def _belongs(each: Element, found: set[int]) -> bool:
    if each.id == SEGMENT:
        return True
    return each.id in IN_SEGMENT or (CLUSTER in found and each.id in IN_CLUSTER)


def _inside(file: IO[bytes], parent: Element, wanted: int) -> bytes | None:
    """Return the first such child's content."""
    at, stop = parent.start, _end(parent)
    while at < stop:
        child = element_at(file, at, stop)
        if child.id == wanted:
            file.seek(child.start)
            return file.read(min(_end(child) - child.start, 64))
        at = _end(child)
    return None


def _has_picture(file: IO[bytes], tracks: Element) -> bool:
    at, stop = tracks.start, _end(tracks)
    while at < stop:
        child = element_at(file, at, stop)
        if child.id == TRACK and _inside(file, child, TRACK_TYPE) == b"\x01":
            return True
        at = _end(child)
    return False


def _length(header: bytes, at: int, longest: int) -> int:
    """Return how many bytes the number at that place has, by its leading zeros."""
    length = 9 - header[at].bit_length()
    if length > longest:
        raise ValueError("no number")
    return length


def _end(element: Element) -> int:
    if element.end is None:
        raise ValueError("unknown size where it must be known")
    return element.end
