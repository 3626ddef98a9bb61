"""Order sheets as people and spreadsheets give them back, and what each row of them really says."""

import csv
import io
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid5

from openpyxl import Workbook

from catalog.domain.order_sheet.columns import COLUMNS, Column, plain
from catalog.domain.order_sheet.judging import Article
from catalog.usecases.list_offer import Offered
from common.money import Money

SPACE = UUID(int=7)
COLOURS = (("WHT", "White", "ホワイト"), ("NVY", "Navy", "ネイビー"), ("GRY", "Grey", "グレー"))
NAMES = ("=HYPERLINK(1)", "+Tee", "-Sale-", "@home", "オーガニックTシャツ", 'Knit, "fine"', "髙島①")
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16")
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
NONSENSE = (
    "10²",
    "①",
    "٣",
    "twelve",
    "-3",
    "1.5",
    "12 pcs",
    "=1+1",
    "１２個",
    "1e3",
    "∞",
    "9" * 30,
    "0x10",
    "1,2",
)


@dataclass
class Filled:
    """A sheet in somebody's hands. `truth`: what each SKU number was given, for rows still whole."""

    columns: list[Column]
    rows: list[dict[str, str]]
    above: list[list[str]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True
    """Whether all of the truth must be found; else nothing but truth may be."""


def offer(random: Random) -> list[Offered]:
    """Return a small catalog in which articles differ in one property only."""
    return [
        Offered(
            sku_id=uuid5(SPACE, f"{model} {code} {size}"),
            product=random.choice(NAMES),
            model_number=f"M-{model:03d}",
            sku_number=f"M{model:03d}-{code}-{size}",
            colour=random.choice((english, japanese)),
            size=size,
            price=Money(4080, "JPY"),
            minimum=None,
            multiple=None,
        )
        for model in range(random.randint(1, 4))
        for code, english, japanese in COLOURS
        for size in ("S", "M")
    ]


def articles(offered: list[Offered]) -> list[Article]:
    names = {each[0]: frozenset(plain(word) for word in each) for each in COLOURS}
    return [
        Article(
            sku_id=each.sku_id,
            number=each.sku_number,
            model_number=each.model_number,
            colours=names[each.sku_number.split("-")[1]],
            size=each.size,
            minimum=None,
            multiple=None,
            has_price=True,
        )
        for each in offered
    ]


def fill(offered: list[Offered], random: Random) -> Filled:
    rows, truth = [], {}
    for each in offered:
        quantity = random.choice((None, None, 0, random.randint(1, 99_999)))
        if quantity is not None:
            truth[each.sku_number] = quantity
        rows.append(
            {
                "product": each.product,
                "model_number": each.model_number,
                "sku_number": each.sku_number,
                "colour": each.colour,
                "size": each.size,
                "price": "4080",
                "currency": "JPY",
                "quantity": "" if quantity is None else str(quantity),
            }
        )
    return Filled(list(COLUMNS), rows, truth=truth)


def moved_columns(sheet: Filled, random: Random) -> None:
    random.shuffle(sheet.columns)


def dropped_columns(sheet: Filled, random: Random) -> None:
    kept = {"sku_number", "quantity", *random.sample(["product", "colour", "model_number"], 2)}
    sheet.columns = [each for each in sheet.columns if each.key in kept]


def own_columns(sheet: Filled, random: Random) -> None:
    sheet.columns.insert(random.randint(0, len(sheet.columns)), Column("mine", "My notes", ""))
    for row in sheet.rows:
        row["mine"] = random.choice(("=cmd|' /C calc'!A0", "ok", "12", ""))


def titles_above(sheet: Filled, random: Random) -> None:
    sheet.above = [["Order of spring", "", "3"], ["Quantity: 12"]][: random.randint(1, 2)]


def full_width_digits(sheet: Filled, random: Random) -> None:
    for row in sheet.rows:
        row["quantity"] = row["quantity"].translate(FULL_WIDTH)


def thousands(sheet: Filled, random: Random) -> None:
    for row in sheet.rows:
        if row["quantity"].isascii() and row["quantity"]:
            row["quantity"] = random.choice(
                (f"{int(row['quantity']):,}", f" {row['quantity']}.00 ")
            )


def retyped_numbers(sheet: Filled, random: Random) -> None:
    for row in sheet.rows:
        number = row["sku_number"]
        row["sku_number"] = random.choice(
            (number.lower(), number.replace("M", "Ｍ"), f" {number} ")
        )


def sorted_rows(sheet: Filled, random: Random) -> None:
    random.shuffle(sheet.rows)


def said_again(sheet: Filled, random: Random) -> None:
    sheet.rows.append(dict(random.choice(sheet.rows)))


def said_otherwise(sheet: Filled, random: Random) -> None:
    """Two quantities for one SKU: neither counts."""
    row = dict(random.choice(sheet.rows))
    if row["quantity"] and row["sku_number"] in sheet.truth:
        row["quantity"] = str((sheet.truth.pop(row["sku_number"]) + 1) % 99_999)
        sheet.rows.append(row)


def one_column_sorted(sheet: Filled, random: Random) -> None:
    """The numbers slip against the rest: a row counts only where it still fits itself."""
    numbers = [row["sku_number"] for row in sheet.rows]
    random.shuffle(numbers)
    for row, number in zip(sheet.rows, numbers, strict=True):
        if row["sku_number"] != number:
            sheet.truth.pop(row["sku_number"], None)
        row["sku_number"] = number


def nonsense(sheet: Filled, random: Random) -> None:
    row = random.choice(sheet.rows)
    sheet.truth.pop(row["sku_number"], None)
    row["quantity"] = random.choice(NONSENSE)


def merged_cells(sheet: Filled, random: Random) -> None:
    """Of cells that are merged only the first keeps what it said."""
    key = random.choice(("product", "model_number", "colour", "sku_number", "quantity"))
    for row in random.sample(sheet.rows, len(sheet.rows) // 2):
        row[key] = ""
        if key in ("sku_number", "quantity"):
            sheet.is_whole = False


MUTATIONS = (
    # Copies of rows come after what changes single rows, other spellings of numbers last.
    moved_columns, dropped_columns, own_columns, titles_above, full_width_digits, thousands,
    sorted_rows, nonsense, merged_cells, one_column_sorted, said_again, said_otherwise,
    retyped_numbers,
)  # fmt: skip


def mutated(sheet: Filled, random: Random) -> list[str]:
    """Change the sheet as up to five kinds of hands would; return their names."""
    chosen = [each for each in MUTATIONS if random.random() < 0.3]
    if one_column_sorted in chosen:  # It needs the columns that give it away.
        chosen = [each for each in chosen if each not in (dropped_columns, merged_cells)]
    for change in chosen:
        change(sheet, random)
    return [each.__name__ for each in chosen]


def written(sheet: Filled, random: Random) -> bytes:
    """Return the sheet as a file of some kind."""
    language = random.choice(("en", "ja"))
    names = [each.title(language) or each.english for each in sheet.columns]
    odd = random.choice((str, str.upper, lambda name: f" {name} "))
    table = [*sheet.above, [odd(name) for name in names]]
    table += [[row.get(each.key, "") for each in sheet.columns] for row in sheet.rows]
    return _xlsx(table, random) if random.random() < 0.5 else _csv(table, random)


def _csv(table: list[list[str]], random: Random) -> bytes:
    buffer = io.StringIO(newline="")
    separator = random.choice(",;\t")
    csv.writer(buffer, delimiter=separator).writerows(table)
    return buffer.getvalue().encode(random.choice(ENCODINGS), errors="replace")


def _xlsx(table: list[list[str]], random: Random) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for number, row in enumerate(table, start=random.choice((1, 1, 4))):
        for at, text in enumerate(row, start=2):
            if text:
                is_number = text.isascii() and text.isdecimal() and len(text) < 9
                cell = page.cell(number, at, int(text) if is_number else text)
                cell.data_type = "n" if is_number else "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def damaged(content: bytes, random: Random) -> bytes:
    """Return the file cut, flipped or mixed as a bad line would."""
    blow = random.choice(("cut", "flip", "repeat"))
    at = random.randrange(len(content))
    if blow == "cut":
        return content[:at]
    if blow == "flip":
        return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
    return content[:at] + content[: random.randrange(len(content))]
