"""Lengths as Discord counts them, and text that stays text."""

import re

from adapters.contract.capabilities import Limit

_MEANT = re.compile(r"[\\`*_~|<>#\-+\[\]()@:/]")
_NUMBERED = re.compile(r"^(\s*\d+)(\.)", re.MULTILINE)


def count_units(text: str) -> int:
    """UTF-16 code units, as its clients count; whatever its servers count is not more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


MESSAGE = Limit("characters", 2_000, count_units)  # for a bot; the OpenAPI file says 4,000, which is for subscribers


def escape(text: str) -> str:
    r"""Text that reads as it is and means nothing: no Markdown, no mention, no link (`https\://` is none)."""
    return _NUMBERED.sub(r"\1\\\2", _MEANT.sub(r"\\\g<0>", text))


def cut(text: str, maximum: int) -> str:
    """At most `maximum` units, with an ellipsis where something is left out."""
    if count_units(text) <= maximum:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (maximum - 1)].decode("utf-16-le", "ignore")
    return kept.rstrip().rstrip("\\") + "…"
