"""The quotation marks there are: Unicode's `Quotation_Mark`, the pairs of CLDR 48, and what keyboards make of them."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import Enum


class Family(Enum):
    """Marks that can close each other."""

    DOUBLE = "double"
    SINGLE = "single"
    ANGLE = "angle"
    CORNER = "corner"


class Lean(Enum):
    """What a glyph is drawn for."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One kind of mark. is_spaced: it may stand apart from the words that it encloses, as in French."""

    text: str
    family: Family
    lean: Lean
    is_spaced: bool = False


def _draw(opens: str, closes: str, either: str, family: Family) -> Iterator[Glyph]:
    for marks, lean in ((opens, Lean.OPENS), (closes, Lean.CLOSES), (either, Lean.EITHER)):
        for text in marks.split():
            yield Glyph(text, family, lean, text in _SPACED)


_SPACED = frozenset("«»‹›❮❯") | {"<<", ">>"}
GLYPHS = {
    glyph.text: glyph
    for glyphs in (
        _draw("“ „ ‟ « ,, `` << 〝 ❝ ⹂ 🙶 🙸", "” » >> 〞 〟 ❞ 🙷", "\" '' ״ ″ ＂", Family.DOUBLE),
        _draw("‘ ‚ ‛ ` ❛", "’ ´ ❜", "' ′ ׳ ＇", Family.SINGLE),
        _draw("‹ ❮", "› ❯", "", Family.ANGLE),
        _draw("「 『 ｢ ﹁ ﹃", "」 』 ｣ ﹂ ﹄", "", Family.CORNER),
    )
    for glyph in glyphs
}
ALL_MARKS = frozenset(letter for text in GLYPHS for letter in text if letter not in ",<>")
"""The characters that are marks wherever they stand."""

_CLOSED_BY: dict[str, Container[str]] = {
    "“": "”“", "„": "“”", "”": "”“", "‟": "”", '"': '"', "״": "״", "″": "″", "＂": "＂", "〝": "〞〟", "❝": "❞",
    "⹂": "”", "🙶": "🙷", "🙸": "🙷", "«": "»", "»": "«»", "<<": (">>",), "``": ("''",), ",,": ("''", "``"), "''": ("''",),
    "‘": "’", "‚": "‘’", "’": "’‘", "‛": "’", "'": "'", "′": "′", "׳": "׳", "＇": "＇", "`": "´'", "´": "´", "❛": "❜",
    "‹": "›", "›": "‹›", "❮": "❯", "「": "」", "『": "』", "｢": "｣", "﹁": "﹂", "﹃": "﹄",
}  # fmt: skip
"""What closes a mark where somebody writes the two as a pair on purpose."""
_ACROSS = frozenset({("“", "’")})
"""Pairs of two families: Southern Sotho in CLDR."""
_FIND = re.compile(
    "(?<!<)<<(?!<)|(?<!>)>>(?!>)|(?<!,),,(?!,)|``+|''|[" + "".join(map(re.escape, sorted(ALL_MARKS))) + "]"
)


def find_marks(text: str) -> Iterator[tuple[int, Glyph]]:
    """(where it stands, what it is) of every mark."""
    for found in _FIND.finditer(text):
        if found[0] in GLYPHS:
            yield found.start(), GLYPHS[found[0]]


def can_pair(opening: Glyph, closing: Glyph) -> bool:
    """Whether one mark could close what the other opened."""
    return opening.family is closing.family or (opening.text, closing.text) in _ACROSS


def is_known_pair(opening: Glyph, closing: Glyph) -> bool:
    """Whether somebody writes these two as a pair on purpose."""
    return closing.text in _CLOSED_BY.get(opening.text, ())
