"""The columns of a file of buyers. What is exported is what is read: same names, same order.

A login or passcode is never in a file: secrets are stored as hashes and shown once.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.errors import FieldError, Invalid

ADDRESS = "address_"
"""Columns of the default address begin with it."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    english: str
    japanese: str

    def title(self, language: str) -> str:
        return self.japanese if language == "ja" else self.english


COLUMNS = (
    Column("unique_code", "Unique code", "固有コード"),
    Column("name", "Name", "名称"),
    Column("type", "Type", "種別"),
    Column("last_name", "Last name", "姓"),
    Column("first_name", "First name", "名"),
    Column("contact_email", "Contact email", "連絡先メールアドレス"),
    Column("phone", "Phone", "電話番号"),
    Column("country", "Country", "国"),
    Column("tax_id", "Tax ID", "税務番号"),
    Column("tags", "Tags", "タグ"),
    Column("customer_code", "Customer code", "顧客コード"),
    Column("trade_term", "Trade term", "取引区分"),
    Column("currency", "Currency", "通貨"),
    Column("language", "Language", "言語"),
    Column("rate_ratio", "Ratio", "掛け率"),
    Column("rate_percent_off", "Percent off", "割引率（％）"),
    Column("deposit_percent", "Deposit percent", "前受金"),
    Column("payment_terms", "Payment terms", "支払条件"),
    Column("recipients", "Order mails go to", "注文メールの送付先"),
    Column("notification_emails", "Documents go to", "書類の送付先"),
    Column("address_addressee", "Address: addressee", "住所：宛名"),
    Column("address_country", "Address: country", "住所：国"),
    Column("address_zip", "Address: postal code", "住所：郵便番号"),
    Column("address_state", "Address: state", "住所：都道府県"),
    Column("address_city", "Address: city", "住所：市区町村"),
    Column("address_line1", "Address: line 1", "住所：町名・番地"),
    Column("address_line2", "Address: line 2", "住所：建物名"),
    Column("address_phone", "Address: phone", "住所：電話番号"),
)
OLD_RATE = (
    Column("rate_kind", "Rate is a", "掛け率の種類"),
    Column("rate_value", "Rate", "掛け率"),
)
"""How files said a rate before it had a column for each kind; read only when both are there."""
WORDS = {
    "会社": "company",
    "法人": "company",
    "個人": "person",
    "掛率": "ratio",
    "割引率": "percent_off",
}
"""What people write in Japanese for one of our codes."""
CODED = ("type", "rate_kind")
RESULTS = frozenset({"status", "note", "結果", "備考"})
"""Columns of a result file: so that one, corrected, can be read again."""


def known_columns(names: Iterable[str]) -> dict[str, str]:
    """Return the file's column by key. Raises Invalid naming what no column of ours is called."""
    given = list(names)
    by_name = _keys_by_name(given)
    found: dict[str, str] = {}
    unknown = []
    for name in given:
        key = by_name.get(_plain(name))
        if key and key not in found:
            found[key] = name
        elif _plain(name) not in RESULTS:
            unknown.append(name)
    errors = [FieldError(name, "unknown_column", name) for name in unknown]
    if errors:
        raise Invalid("The file has columns that are none of ours.", errors=errors)
    if not {"name", "unique_code"} & found.keys():
        raise Invalid("The file needs a column for the name or for the unique code.")
    return found


def values_of(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the row's cells by key, with our codes for words that mean them."""
    return {
        key: WORDS.get(cells[name], cells[name]) if key in CODED else cells[name]
        for key, name in columns.items()
    }


def address_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of the address that the row gives, if it gives any; else nothing."""
    return {
        key.removeprefix(ADDRESS): value
        for key, value in values.items()
        if key.startswith(ADDRESS) and value
    }


def titles_by_key(language: str) -> dict[str, str]:
    return {column.key: column.title(language) for column in (*COLUMNS, *OLD_RATE)}


def titles(language: str) -> Sequence[str]:
    return [column.title(language) for column in COLUMNS]


def _keys_by_name(given: Iterable[str]) -> dict[str, str]:
    """Return the key by each name of a column; old ones where the file has all of those."""
    plain = {_plain(name) for name in given}
    has_old = all(plain & {_plain(name) for name in _names(column)} for column in OLD_RATE)
    columns = (*COLUMNS, *(OLD_RATE if has_old else ()))
    return {_plain(name): column.key for column in columns for name in _names(column)}


def _names(column: Column) -> tuple[str, ...]:
    return column.key, column.english, column.japanese


def _plain(name: str) -> str:
    """Return the name as it is compared: half-width, small letters, no spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.replace("_", " ").split())
