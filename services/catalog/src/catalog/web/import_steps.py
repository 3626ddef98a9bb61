"""The steps of an import, for pages and the API alike: planned, confirmed, looked at, taken away."""

from collections.abc import Iterator
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from catalog.deps import deps
from catalog.gateways.identity import read_brand
from catalog.store.brands import remember_brand
from catalog.store.import_models import ProductImport
from catalog.store.product_imports import list_rows
from catalog.usecases.apply_import import apply_import, confirm_import
from catalog.usecases.describe_offer import brand_columns, offer_of
from catalog.usecases.plan_import import plan_import
from catalog.web.import_files import read_file
from common.sessions import Claims
from common.web.i18n import language

PAGE = 1000
CHUNKS_AT_ONCE = 2
"""A file of up to 2,000 rows is done when the answer comes."""


def plan_file(
    staff: Claims,
    file: FileStorage | None,
    *,
    maker_id: UUID,
    brand_id: UUID,
    term_id: UUID | None,
    currency: str,
    language: str,
) -> ProductImport:
    """Check a file and keep what each of its rows would do. Raises Invalid."""
    brand = read_brand(deps().peers, brand_id)
    read = read_file(file, brand, term_id=term_id, currency=currency, language=language)
    with deps().database.transaction() as shared:
        remember_brand(
            shared,
            brand_id=brand_id,
            maker_id=maker_id,
            default_language=brand.default_language,
        )
    with deps().database.transaction(maker_id) as session:
        return plan_import(
            session,
            read,
            maker_id=maker_id,
            brand_id=brand_id,
            offer=offer_of(session, brand, brand_id),
            actor_name=str(staff.display_name or ""),
            now=deps().now(),
        )


def confirm_file(staff: Claims, import_id: UUID, *, maker_id: UUID) -> None:
    """Confirm, and apply the first models at once; a job goes on with the rest."""
    with deps().database.transaction(maker_id) as session:
        found = confirm_import(session, import_id, brand_ids=staff.brand_ids, now=deps().now())
    brand = read_brand(deps().peers, found.brand_id)
    for _chunk in range(CHUNKS_AT_ONCE):
        with deps().database.transaction(maker_id) as session:
            offer = offer_of(session, brand, found.brand_id)
            if not apply_import(session, import_id, offer=offer, now=deps().now()):
                return


def result_table(found: ProductImport) -> tuple[list[str], Iterator[list[str]]]:
    """Return the file with a status and a note for each row."""
    status = ("結果", "備考") if language() == "ja" else ("Status", "Note")
    kept = [at for at, name in enumerate(_names(found)) if name not in status]
    headers = [*(_names(found)[at] for at in kept), *status]
    return headers, _result_rows(found, kept, column_titles(found))


def column_titles(found: ProductImport) -> dict[str, str]:
    """Return our columns' names in the reader's language, by key."""
    columns = brand_columns(read_brand(deps().peers, found.brand_id))
    return {each.key: each.title(language()) for each in columns}


def _names(found: ProductImport) -> list[str]:
    return [name for name in found.columns if name]


def _result_rows(
    found: ProductImport, kept: list[int], titles: dict[str, str]
) -> Iterator[list[str]]:
    words = {
        "created": _("created"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "skipped": _("not read"),
        "failed": _("not imported"),
        "": _("not yet"),
    }
    # The words are looked up before the first row: a streamed answer has no request any more.
    said = {key: str(word) for key, word in words.items()}
    return _streamed(found, kept, titles, said)


def _streamed(
    found: ProductImport, kept: list[int], titles: dict[str, str], words: dict[str, str]
) -> Iterator[list[str]]:
    rows: list[list[str]] = []
    after = 0
    while True:
        with deps().database.transaction(found.maker_id) as session:
            some = list_rows(session, found.id, after=after, limit=PAGE)
        rows += [
            [
                *(str(row.cells[at]) for at in kept),
                words[row.result or ""],
                _note(row.notes, titles),
            ]
            for row in some
        ]
        if len(some) < PAGE:
            return iter(rows)
        after = some[-1].number


def _note(notes: list[dict[str, str]], titles: dict[str, str]) -> str:
    said = []
    for note in notes:
        field, detail = note["field"], note["detail"]
        words = str(_(detail))
        said.append(f"{titles.get(field, field)}: {words}" if field else words)
    return " / ".join(said)
