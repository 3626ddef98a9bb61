"""Files as people upload them: small and whole, or as large as a test needs."""

import io
from typing import IO, Any

from PIL import Image


def make_picture(
    size: tuple[int, int] = (64, 48), *, kind: str = "PNG", colour: str = "teal", **given: object
) -> bytes:
    """Return a picture of one colour in that format."""
    sheet = io.BytesIO()
    Image.new("RGB", size, colour).save(sheet, kind, **given)
    return sheet.getvalue()


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return (len(body) + 8).to_bytes(4) + kind + body


def make_mp4(data: bytes = b"film", *, handler: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    """Return an MP4 with one track; no picture can be decoded from it, but its structure is whole."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13))))
    head = box(b"ftyp", brand, bytes(4), brand)
    return head + box(b"moov", box(b"mvhd", bytes(100)), track) + box(b"mdat", data)


def element(id_: int, *content: bytes, unknown: bool = False) -> bytes:
    """Return an EBML element."""
    body = b"".join(content)
    name = id_.to_bytes((id_.bit_length() + 7) // 8)
    size = b"\x01" + b"\xff" * 7 if unknown else ((1 << 56) | len(body)).to_bytes(8)
    return name + size + body


def make_webm(
    data: bytes = b"film", *, doctype: bytes = b"webm", track: bytes = b"\x01", live: bool = False
) -> bytes:
    """Return a WebM with one track and one cluster; `live`: of unknown sizes, as recorded."""
    head = element(0x1A45DFA3, element(0x4282, doctype))
    tracks = element(0x1654AE6B, element(0xAE, element(0xD7, b"\x01"), element(0x83, track)))
    blocks = element(0xE7, b"\x00") + element(0xA3, data)
    return head + element(
        0x18538067, tracks, element(0x1F43B675, blocks, unknown=live), unknown=live
    )


class EndlessFilm(io.RawIOBase):
    """A multipart body or file of so many bytes, made while it is read and never held."""

    def __init__(self, before: bytes, fill_bytes: int, after: bytes) -> None:
        self._parts = [(before, len(before)), (None, fill_bytes), (after, len(after))]
        self.size = len(before) + fill_bytes + len(after)
        self._at = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stand at that byte."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the next bytes, as far as one part goes."""
        begin = 0
        for content, length in self._parts:
            if self._at < begin + length:
                offset = self._at - begin
                take = min(len(buffer), length - offset)
                buffer[:take] = content[offset : offset + take] if content else bytes(take)
                self._at += take
                return take
            begin += length
        return 0


def as_file(data: bytes) -> IO[bytes]:
    return io.BytesIO(data)
