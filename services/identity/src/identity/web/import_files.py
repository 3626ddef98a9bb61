"""A posted file of buyers, read; and the files that are taken away."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from flask import Response, request
from werkzeug.datastructures import FileStorage

from common.errors import FieldError, Invalid
from common.tables import CSV, XLSX, csv_chunks, read_table, xlsx_bytes
from identity.domain.buyer_columns import known_columns
from identity.usecases.plan_import import ImportFile

MAX_FILE_BYTES = 10 * 2**20
MAX_ROWS = 20_000


def posted_file(brand_id: UUID) -> ImportFile:
    """Return the file of the field `file`. Raises Invalid, naming what is wrong with it."""
    file: FileStorage | None = request.files.get("file")
    if file is None or not file.filename:
        wrong = FieldError("file", "required", "Please choose a file.")
        raise Invalid("Please choose a file.", errors=[wrong])
    table = read_table(file.stream.read(MAX_FILE_BYTES + 1), max_rows=MAX_ROWS)
    columns = known_columns(name for name in table.columns if name)
    if not table.rows:
        raise Invalid("The file has no rows under its names of columns.")
    return ImportFile(file.filename, brand_id, columns, table.rows)


def table_response(
    kind: str, name: str, headers: Sequence[str], rows: Iterable[Sequence[str]], *, now: datetime
) -> Response:
    """Return the file to save, named with the day; `kind` is csv or xlsx. A CSV is streamed."""
    content: bytes | Iterator[bytes]
    if kind == "xlsx":
        content, mime = xlsx_bytes(headers, rows), XLSX
    else:
        content, mime = csv_chunks(headers, rows), CSV
    reply = Response(content, mimetype=mime.split(";")[0], content_type=mime)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}-{now:%Y-%m-%d}.{kind}"'
    return reply
