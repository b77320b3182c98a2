"""What pydantic finds wrong, in words of people: nobody who writes a config or fills in a form knows Python."""

from collections.abc import Mapping
from typing import Any

_TOLD = {
    "missing": "is missing",
    "extra_forbidden": "is unknown",
    "string_type": "must be a text, in quotes",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "is not written as it should be",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": 'must be a list, such as ["one", "two"]',
    "list_type": 'must be a list, such as ["one", "two"]',
    "set_type": 'must be a list, such as ["one", "two"]',
    "frozen_set_type": 'must be a list, such as ["one", "two"]',
    "dict_type": "must be a table, with keys and values",
    "mapping_type": "must be a table, with keys and values",
    "model_type": "must be a table, with keys and values",
    "model_attributes_type": "must be a table, with keys and values",
    "date_type": "must be a day, such as 2026-12-01",
    "date_parsing": "must be a day, such as 2026-12-01",
    "date_from_datetime_parsing": "must be a day, such as 2026-12-01",
    "time_delta_type": "must be a duration, such as 90m, 36h or 7d",
    "time_delta_parsing": "must be a duration, such as 90m, 36h or 7d",
    "path_type": "must be a path, in quotes",
    "none_required": "must be left out",
}
"""By the type of a fault; `too_long` and the like have a number, and pydantic's own words do."""


def explain_fault(found: Mapping[str, Any]) -> str:
    """One entry of `ValidationError.errors()` as what follows the name of a key."""
    if found["type"] in _TOLD:
        return _TOLD[found["type"]]
    message: str = found["msg"].removeprefix("Value error, ")
    return message.replace("Input should", "must", 1)
