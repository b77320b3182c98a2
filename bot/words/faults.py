"""What pydantic finds wrong, in words of people: nobody who writes a config or fills in a form knows Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.words import FALLBACK, words

_SENTENCES = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_type": "no_text",
    "string_too_short": "empty",
    "string_pattern_mismatch": "form",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "finite_number",
    "bool_type": "true_or_false",
    "bool_parsing": "true_or_false",
    "tuple_type": "no_list",
    "list_type": "no_list",
    "set_type": "no_list",
    "frozen_set_type": "no_list",
    "dict_type": "no_table",
    "mapping_type": "no_table",
    "model_type": "no_table",
    "model_attributes_type": "no_table",
    "date_type": "no_day",
    "date_parsing": "no_day",
    "date_from_datetime_parsing": "no_day",
    "time_delta_type": "no_duration",
    "time_delta_parsing": "no_duration",
    "path_type": "no_path",
    "none_required": "left_out",
}
"""By the type of a fault, the name of its sentence in `[faults]`."""


def explain_fault(found: Mapping[str, Any], language: str = FALLBACK) -> str:
    """One entry of `ValidationError.errors()` as what follows the name of a key.

    `too_long` and the like have a number: they are told in pydantic's own words.
    """
    if name := _SENTENCES.get(found["type"], ""):
        return str(words(language)["faults"][name])
    message: str = found["msg"].removeprefix("Value error, ")
    return message.replace("Input should", "must", 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one key. found: as in `explain_fault`."""

    key: str
    found: Mapping[str, Any]

    def tell(self, language: str) -> str:
        """The key and what is wrong with it."""
        return f"{self.key.replace('_', ' ')} {explain_fault(self.found, language)}".strip()
