"""How well a mark fits a role where it stands: 0 fits, whatever is more fits worse.

The costs are weighed against each other alone: that of a mark without a partner is LOOSE.
"""

import re
import unicodedata
from dataclasses import dataclass

import regex

from bot.articles.marks.glyphs import ALL_MARKS, Family, Glyph, Lean

LOOSE = 8.0
LOOSE_INSIDE = 3.0
"""Within a quotation, whose words and marks are all compared with what was said."""
NEVER = 99.0
_RATHER_CUT = 2.5
"""Of a mark before a word that is known to be cut there: `'90s`, `'tis`."""

_SCRIPTS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Yi}\p{Tibetan}ー々〆"
DENSE_LETTER = f"[{_SCRIPTS}]"
"""A letter of a script without spaces, as a pattern of `regex`."""
_DENSE, _DENSE_OR_REST = regex.compile(DENSE_LETTER), regex.compile(f"[{_SCRIPTS}]|[^{_SCRIPTS}]+")
"""Scripts without spaces between words."""
_OPENING = frozenset("([{⟨<（［｛【〈《〔¿¡-–—―‒−/|~+=&#@$€£¥*_")
_CLOSING = frozenset(".,;:!?…)]}⟩>）］｝】〉》〕。，、．；：！？·‥⋯%‰°·؟،؛।॥\\")
_INTRODUCING = frozenset(":：,，、;；（(")
_BREAKS = frozenset("\n\u2028")
_APOSTROPHES = frozenset("'’‘´`‛′׳＇")
_POSSESSIVE = frozenset("sxzßŝšśžζσςс")
_INCHES = re.compile(r"(?<!\d)\d{1,3}\Z")
_RAISED = frozenset("¹²³⁴⁵⁶⁷⁸⁹⁰")
_HEBREW = regex.compile(r"\p{Hebrew}")
_HEBREW_PREFIX = regex.compile(r"(?<!\p{Hebrew})[והבכלמש]{1,3}\Z")
_CUT_START = re.compile(
    r"\d\ds?\b|(?:tis|twas|twere|twill|cause|coz|cos|til|till|em|bout|round|cept|neath|fraid|nother|n|t|s|k|ne|nen|nem|"
    r"ner|nes|ns|ve|re|ll)\b",
    re.IGNORECASE,
)
"""Words that begin with an apostrophe: the nineties, and what English, German and Dutch cut."""
_CUT_END = re.compile(
    r"\b(?:\w+in|o|th|an|ol|wi|lil|li|po|be|mo|di|da|fa|sta|va|to|ca|vo|hab|geh|steh|seh|komm|mach|sag|glaub|denk|find|"
    r"wär|hätt|würd|könnt|möcht|sollt|wollt|müsst|dürft|heut|werd|lass|nehm|bleib|brauch|weiß|freu|hoff|wünsch|bin|"
    r"quel|quell|un|dell|all|nell|sull|l|d|qu|c|j|n|m|t|presqu|jusqu|\w*ce)\Z",
    re.IGNORECASE,
)
"""Words that end with one: English -in', Italian, German first persons, French before a mark."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands. before, after: the characters beside it, empty at the edge of a paragraph."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.text[self.start - 1] if self.start else ""

    @property
    def after(self) -> str:
        return self.text[self.end : self.end + 1]

    def read_before(self, length: int) -> str:
        """The last characters before it, without white space at their end."""
        return self.text[max(0, self.start - length) : self.start].rstrip()

    def read_after(self, length: int) -> str:
        """The first characters behind it, without white space at their beginning."""
        return self.text[self.end : self.end + length].lstrip()

    @property
    def begins_line(self) -> bool:
        """Whether nothing but white space stands before it in its line."""
        at = self.start
        while at and self.text[at - 1].isspace():
            if self.text[at - 1] in _BREAKS:
                return True
            at -= 1
        return at == 0


def is_dense(letter: str) -> bool:
    """Whether it is a letter of a script without spaces between words."""
    return not letter.isascii() and _DENSE.match(letter) is not None


def split_dense(word: str) -> list[str]:
    """A run of letters as its words: each letter of a script without spaces, and what stands between them."""
    return [word] if word.isascii() else _DENSE_OR_REST.findall(word)


def cost_opening(glyph: Glyph, place: Place) -> float:
    """Of a mark that opens a quotation."""
    cut = 0.0
    if glyph.text in _APOSTROPHES and glyph.lean is not Lean.OPENS and _CUT_START.match(place.text, place.end):
        cut = 0.0 if place.read_before(3)[-1:] in _INTRODUCING else _RATHER_CUT
    return cut + _cost_before_opening(glyph, place) + _cost_after_opening(glyph, place) + _against(glyph, Lean.CLOSES)


def cost_closing(glyph: Glyph, place: Place) -> float:
    """Of a mark that closes one."""
    return _cost_before_closing(glyph, place) + _cost_after_closing(glyph, place) + _against(glyph, Lean.OPENS)


def _against(glyph: Glyph, lean: Lean) -> float:
    """Of a glyph drawn for the other end; that of a corner and of letters are never meant so."""
    if glyph.lean is not lean:
        return 0.0
    return (
        NEVER
        if glyph.family is Family.CORNER or glyph.text in ("<<", ">>")
        else 1.0
        if glyph.text in ("„", "‚", ",,", "``")
        else 0.3
    )


def _cost_before_opening(glyph: Glyph, place: Place) -> float:
    before = place.before
    if not before or before.isspace() or before in _OPENING or before in ALL_MARKS or before in _INTRODUCING:
        return 0.0
    if is_dense(before):
        return 0.3
    if before in _CLOSING:
        return 2.5
    if not _is_word(before):
        return 0.5
    if _HEBREW.match(before):
        return 1.0 if _HEBREW_PREFIX.search(place.text[max(0, place.start - 4) : place.start]) else 4.0
    return {Lean.OPENS: 1.5, Lean.EITHER: 5.0, Lean.CLOSES: 6.0}[glyph.lean]


def _cost_after_opening(glyph: Glyph, place: Place) -> float:
    after = place.after
    if not after:
        return 6.0
    if after.isspace():
        return 0.3 if glyph.is_spaced else 2.5
    if after in _CLOSING and after not in ".…":
        return 4.0
    return 0.0


def _cost_before_closing(glyph: Glyph, place: Place) -> float:
    before, after = place.before, place.after
    if not before:
        return LOOSE
    if before.isspace():
        return NEVER if after and _is_word(after) else 0.3 if glyph.is_spaced else 2.5
    if glyph.text in _APOSTROPHES and _is_word(before) and after and _is_word(after):
        return NEVER
    return 1.5 if before in _OPENING and before not in "-–—―~*_+$€£¥" else 0.0


def _cost_after_closing(glyph: Glyph, place: Place) -> float:
    after = place.after
    if not after or after.isspace() or after in _CLOSING or after in ALL_MARKS:
        return 0.0
    if after in _OPENING or is_dense(after):
        return 0.3
    if not _is_word(after):
        return 0.5
    return {Lean.CLOSES: 1.5, Lean.OPENS: 2.0, Lean.EITHER: 3.5}[glyph.lean]


# ---------------------------------------------------------------- what is no quotation mark


def cost_nothing(glyph: Glyph, place: Place, *, is_inside: bool, is_speech: bool) -> float:
    """Of a mark that quotes nothing: an apostrophe, a unit, a sign; NEVER where it can only quote.

    is_inside: a quotation is open. is_speech: and it begins as speech does, so that it rather goes on.
    """
    costs = [NEVER]
    if glyph.text in _APOSTROPHES:
        costs.append(_cost_apostrophe(glyph, place, is_inside=is_inside, is_speech=is_speech))
    if place.before.isnumeric() and (glyph.family in (Family.DOUBLE, Family.SINGLE)) and glyph.text not in ",,<<>>":
        costs.append(0.2 if glyph.text in "′″" else 1.5 if is_inside else 0.6)
    if glyph.family is Family.DOUBLE and glyph.text in ('"', "״", "”", "''", "“") and _is_gershayim(place):
        costs.append(0.2)
    if glyph.text in (",,", "<<", ">>", "`", "``", "''"):
        costs.append(_cost_sign(glyph, place))
    return min(costs)


def _cost_apostrophe(glyph: Glyph, place: Place, *, is_inside: bool, is_speech: bool) -> float:
    before, after = place.before, place.after
    joins_left, joins_right = _is_letter(before), _is_letter(after)
    if joins_left and joins_right:
        return 0.0
    if joins_right and (not before or not _is_word(before)):
        return (2.0 if glyph.lean is Lean.OPENS else 0.7) if _CUT_START.match(place.text, place.end) else NEVER
    if not joins_left:
        return NEVER
    if before.casefold() in _POSSESSIVE:
        if not is_inside:  # whose house it is should follow
            return NEVER if not after or after in _CLOSING else 1.2
        return 1.0 if is_speech else 1.4
    return 1.3 if _CUT_END.search(place.text, max(0, place.start - 12), place.start) else NEVER


def may_be_cut(place: Place) -> bool:
    """Whether an apostrophe could stand there as in `the owners' house` and `ich hab' es`."""
    if not place.before:
        return False
    is_possessive = place.before.casefold() in _POSSESSIVE
    return is_possessive or _CUT_END.search(place.text, max(0, place.start - 12), place.start) is not None


def may_be_inch(place: Place) -> bool:
    """Whether one to three digits stand before it: a year is no inches."""
    return _INCHES.search(place.read_before(5)) is not None


def _is_gershayim(place: Place) -> bool:
    """`צה״ל`: the mark of a Hebrew abbreviation stands before its last letters."""
    return bool(_HEBREW.match(place.before) and _HEBREW.match(place.after))


def _cost_sign(glyph: Glyph, place: Place) -> float:
    """`one,, two`, `a >> b`: what quotes nothing where it stands alone."""
    if glyph.text in ("`", "``"):
        return 1.0 if _is_letter(place.before) and _is_letter(place.after) else NEVER
    if glyph.text == ",,":
        return 0.5 if place.before.isalnum() and not place.after.isalnum() else NEVER
    if glyph.text == "''":
        return 3.0 if place.before.isnumeric() else NEVER
    if place.read_before(3)[-1:].isdigit() and place.text[place.end : place.end + 3].strip()[:1].isdigit():
        return 0.5
    is_apart = (not place.before or place.before.isspace()) and (not place.after or place.after.isspace())
    return 3.0 if is_apart and glyph.text == ">>" else NEVER


def _is_word(letter: str) -> bool:
    """A letter, a digit, or the mark of a letter; no raised digit, which is a footnote's."""
    if letter in _RAISED or is_dense(letter):
        return False
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _is_letter(letter: str) -> bool:
    return bool(letter) and _is_word(letter)
