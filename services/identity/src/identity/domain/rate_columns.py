"""A rate in a file of buyers: a ratio and a percentage off have a column each, one of them filled."""

from collections.abc import Mapping
from dataclasses import replace

from common.errors import FieldError, Invalid

KEYS = {"ratio": "rate_ratio", "percent_off": "rate_percent_off"}
"""The column by the kind of the rate."""


def split_rate(kind: str, value: str) -> dict[str, str]:
    """Return the value in the column of its kind, and nothing in the other."""
    return {key: value if key == KEYS[kind] else "" for key in KEYS.values()}


def joined_rate(values: Mapping[str, str]) -> dict[str, str]:
    """Return kind and value of the row's rate; nothing when neither is filled: it stays as it is.

    Raises Invalid for a row that fills both.
    """
    filled = {kind: values[key] for kind, key in KEYS.items() if values.get(key, "").strip()}
    if len(filled) > 1:
        wrong = FieldError(
            KEYS["percent_off"], "both", "Fill in the ratio or the percentage, not both."
        )
        raise Invalid("Some fields are not right.", errors=[wrong])
    for kind, value in filled.items():
        return {"rate_kind": kind, "rate_value": value}
    return {}


def at_its_column(error: FieldError, values: Mapping[str, str]) -> FieldError:
    """Return the error at the column that the row's rate stands in, or should."""
    if error.field != "rate_value" or "rate_value" in values:
        return error
    filled = [key for key in KEYS.values() if values.get(key, "").strip()]
    return replace(error, field=(filled or [KEYS["ratio"]])[0])
