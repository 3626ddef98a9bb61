"""The filters, pages and field lists common to all searches."""

import operator as compare
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from twins.next_engine.answers import bad_parameter
from twins.next_engine.tables import Kind, Row, Table

_MOST_VALUES = 1000
_COMMON = frozenset({"eq", "neq", "blank", "nblank", "null", "nnull"})
_ORDERED = _COMMON | {"lt", "lte", "gt", "gte"}
_OPERATORS = {
    Kind.TEXT: _COMMON | {"in", "nin", "like", "nlike", "nlikeornull"},
    Kind.NUMBER: _ORDERED | {"in", "nin"},
    Kind.MOMENT: _ORDERED,
}
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": compare.eq,
    "neq": compare.ne,
    "lt": compare.lt,
    "lte": compare.le,
    "gt": compare.gt,
    "gte": compare.ge,
}
_MOMENT = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?: (\d{2}:\d{2}:\d{2}))?")

Test = Callable[[str | None], bool]


def matching(table: Table, parameters: Mapping[str, str]) -> list[Row]:
    """Return the rows that pass every `<field>-<operator>` of the call. Raises Refused."""
    tests = [
        (field, _test(table.kinds[field], operator, value))
        for field, operator, value in _filters(table, parameters)
    ]
    rows = _candidates(table, parameters)
    return [row for row in rows if all(test(row.get(field)) for field, test in tests)]


def page(rows: list[Row], parameters: Mapping[str, str]) -> list[Row]:
    """Return the asked page. Raises Refused for an offset or limit that is no number."""
    offset = _whole(parameters, "offset", default=0, least=0)
    limit = _whole(parameters, "limit", default=1000, least=1)
    return rows[offset : offset + limit]


def asked_fields(table: Table, parameters: Mapping[str, str]) -> list[str]:
    """Return the names in `fields`. Raises Refused when there are none, or an unknown one."""
    names = [name.strip() for name in parameters.get("fields", "").split(",") if name.strip()]
    if not names:
        raise bad_parameter("fieldsを指定してください。")
    for name in names:
        if name not in table.kinds:
            raise bad_parameter(f"fieldsに存在しない項目 {name} が指定されています。")
    return names


def _filters(table: Table, parameters: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for name, value in parameters.items():
        field, dash, operator = name.partition("-")
        if not dash:
            continue
        if field not in table.kinds or operator not in _OPERATORS[table.kinds[field]]:
            raise bad_parameter(f"検索条件 {name} は使えません。")
        yield field, operator, value


def _candidates(table: Table, parameters: Mapping[str, str]) -> list[Row]:
    """Narrow by an index where the call names exact values; otherwise look at everything."""
    for name, value in parameters.items():
        field, _, operator = name.partition("-")
        if table.is_indexed(field) and operator == "eq":
            return table.find(field, [value])
        if table.is_indexed(field) and operator == "in":
            return table.find(field, [text.strip() for text in value.split(",")])
    return table.rows


def _test(kind: Kind, operator: str, value: str) -> Test:
    if operator in ("blank", "nblank"):
        return _negated(_is_blank, operator == "nblank")
    if operator in ("null", "nnull"):
        return _negated(_is_null, operator == "nnull")
    if operator in ("like", "nlike", "nlikeornull"):
        return _like_test(operator, value)
    if operator in ("in", "nin"):
        return _membership_test(kind, operator, value)
    return _comparison(kind, operator, value)


def _like_test(operator: str, value: str) -> Test:
    pattern = re.compile(_like_pattern(value), re.DOTALL)
    if operator == "like":
        return lambda cell: cell is not None and pattern.fullmatch(cell) is not None
    null_passes = operator == "nlikeornull"
    return lambda cell: null_passes if cell is None else pattern.fullmatch(cell) is None


def _like_pattern(value: str) -> str:
    """Return MySQL's LIKE as a regular expression: %, _ and the backslash that escapes them."""
    parts = re.findall(r"\\.|.", value, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return "".join(wild.get(part) or re.escape(part[-1]) for part in parts)


def _membership_test(kind: Kind, operator: str, value: str) -> Test:
    texts = value.split(",")
    if len(texts) > _MOST_VALUES:
        raise bad_parameter(f"{operator}に指定できる値は{_MOST_VALUES}件までです。")
    values = {_comparable(kind, text.strip()) for text in texts}
    wanted = operator == "in"
    return lambda cell: cell is not None and (_comparable(kind, cell) in values) == wanted


def _comparison(kind: Kind, operator: str, value: str) -> Test:
    right = _comparable(kind, value if kind is Kind.TEXT else value.strip())
    holds = _COMPARISONS[operator]
    return lambda cell: cell is not None and bool(holds(_comparable(kind, cell), right))


def _comparable(kind: Kind, text: str) -> Any:
    if kind is Kind.NUMBER:
        try:
            return Decimal(text)
        except InvalidOperation:
            raise bad_parameter(f"{text} は数値ではありません。") from None
    if kind is Kind.MOMENT:
        found = _MOMENT.fullmatch(text)
        if found is None:
            raise bad_parameter(f"{text} は日時ではありません。")
        return f"{found[1]}-{found[2]}-{found[3]} {found[4] or '00:00:00'}"
    return text


def _is_blank(cell: str | None) -> bool:
    return cell == ""


def _is_null(cell: str | None) -> bool:
    return cell is None


def _negated(test: Test, negate: bool) -> Test:
    return lambda cell: test(cell) != negate


def _whole(parameters: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    text = parameters.get(name, "").strip() or str(default)
    if not text.isdecimal() or int(text) < least:
        raise bad_parameter(f"{name}は{least}以上の数値で指定してください。")
    return int(text)
