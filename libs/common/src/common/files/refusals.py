"""Why an upload is not taken, in a sentence for the person who chose it."""

from common.errors import Invalid


class FileRefused(Invalid):
    """`code` is too_large, empty, unknown_kind, broken, too_many_pixels or two_faced."""

    code = "file_refused"


def too_large(limit_bytes: int) -> FileRefused:
    return FileRefused(
        f"This file is larger than {limit_bytes // 2**20} MiB.", code="file_too_large"
    )


def empty() -> FileRefused:
    return FileRefused("This file is empty.", code="file_empty")


def not_a_picture() -> FileRefused:
    words = "This is no JPEG, PNG, WebP or GIF picture, whatever its name says."
    return FileRefused(words, code="file_unknown_kind")


def broken_picture() -> FileRefused:
    return FileRefused("This picture is broken or cut short.", code="file_broken")


def too_many_pixels(limit: int) -> FileRefused:
    words = f"This picture has more than {limit // 10**6} million pixels."
    return FileRefused(words, code="file_too_many_pixels")


def not_a_film() -> FileRefused:
    words = "This is no MP4 or WebM video, whatever its name says."
    return FileRefused(words, code="file_unknown_kind")


def broken_film() -> FileRefused:
    return FileRefused("This video is broken or cut short.", code="file_broken")


def two_faced() -> FileRefused:
    words = "Something else is hidden in this file. Export it once more and choose the new one."
    return FileRefused(words, code="file_two_faced")
