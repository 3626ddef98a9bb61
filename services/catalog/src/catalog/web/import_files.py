"""A posted file of products, read; and the files that are taken away."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from werkzeug.datastructures import FileStorage

from catalog.deps import Deps
from catalog.domain.product_columns import known_columns
from catalog.domain.shopify import is_shopify
from catalog.gateways.identity import Brand
from catalog.usecases.describe_offer import brand_columns
from catalog.usecases.list_file_rows import list_file_rows
from catalog.usecases.plan_import import ImportFile
from common.errors import FieldError, Invalid
from common.tables import CSV, XLSX, csv_chunks, read_table, xlsx_bytes

MAX_FILE_BYTES = 20 * 2**20
MAX_ROWS = 30_000


def read_file(
    file: FileStorage | None, brand: Brand, *, term_id: UUID | None, currency: str, language: str
) -> ImportFile:
    """Return the file, ours or Shopify's by its columns. Raises Invalid, naming what is wrong."""
    if file is None or not file.filename:
        wrong = FieldError("file", "required", "Please choose a file.")
        raise Invalid("Please choose a file.", errors=[wrong])
    table = read_table(file.stream.read(MAX_FILE_BYTES + 1), max_rows=MAX_ROWS)
    if not table.rows:
        raise Invalid("The file has no rows under its names of columns.")
    settings: dict[str, Any]
    if is_shopify(table.columns):
        settings = _shopify(brand, term_id=term_id, currency=currency, language=language)
    else:
        named = known_columns((name for name in table.columns if name), brand_columns(brand))
        settings = {"kind": "own", "columns": named}
    return ImportFile(file.filename, table, settings)


def _shopify(brand: Brand, *, term_id: UUID | None, currency: str, language: str) -> dict[str, Any]:
    """Return how the file's one price and one language are meant."""
    code = next((term.code for term in brand.trade_terms if term.id == term_id), None)
    if code is None or currency not in brand.currencies or language not in brand.languages:
        words = "For a Shopify file choose the trade term, the currency and the language."
        wrong = FieldError("trade_term_id", "required", words)
        raise Invalid("Some fields are not right.", errors=[wrong])
    return {"kind": "shopify", "language": language, "price_key": f"price.{code}.{currency}"}


def export_rows(parts: Deps, maker_id: UUID, brand_id: UUID, brand: Brand) -> Iterator[list[str]]:
    """Give every SKU of the brand as a row, a page of products per transaction."""
    before: UUID | None = None
    while True:
        with parts.database.transaction(maker_id) as session:
            rows, before = list_file_rows(session, brand, brand_id=brand_id, before=before)
        yield from rows
        if before is None:
            return


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
