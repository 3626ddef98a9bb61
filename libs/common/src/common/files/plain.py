"""Files that are two things at once: a picture to us, a page or an archive to somebody else."""

import os
from typing import IO

from common.files.refusals import two_faced
from common.files.sizes import size_of

HEAD_BYTES = 4096
"""No browser looks further to guess what a file is. Source: https://mimesniff.spec.whatwg.org, 7.1"""
PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg", b"<?php")
DOCUMENTS = (b"%pdf-", b"#!/")
ZIP_END, ZIP_END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
"""A ZIP archive is found from its end. Source: APPNOTE.TXT 6.3.10, section 4.3.16"""


def demand_plain(file: IO[bytes]) -> None:
    """Raise FileRefused for a file that could also be opened as a page, a PDF or an archive."""
    size = size_of(file)
    head = file.read(HEAD_BYTES).lower()
    if any(mark in head for mark in (*PAGES, *DOCUMENTS)):
        raise two_faced()
    tail_bytes = min(size, ZIP_END_BYTES + LONGEST_COMMENT)
    file.seek(-tail_bytes, os.SEEK_END)
    if _ends_as_zip(file.read(tail_bytes)):
        raise two_faced()
    file.seek(0)


def _ends_as_zip(tail: bytes) -> bool:
    at = tail.rfind(ZIP_END)
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        # An archive may itself be followed by a few bytes; a chance match hardly says so much.
        if 0 <= len(tail) - at - ZIP_END_BYTES - comment < 64:
            return True
        at = tail.rfind(ZIP_END, 0, at)
    return False
