"""One quotation of an article, and a mark that belongs to none."""

import re
from dataclasses import dataclass

from bot.articles.marks import ALL_MARKS, is_dense

_OUTSIDE = (",", ".", ";")
_OUTSIDE_DENSE = ("。", "，")
_WORD = re.compile(r"\w+")
_NOTE_MARK = re.compile(r"(?<=[\w.,;:!?…])(?:\[(?:\d{1,3}|[a-z]{1,2}|\*+|†|‡)\]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+(?!\w))")
_TYPED_MARK = re.compile("<< ?| ?>>|,,|''|``")
_MARKS = "".join(ALL_MARKS) + " "
_LETTERS_A_WORD = 2
"""Of a script without spaces: that many letters count as a word."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of an article.

    number: from 1. text: without its marks. line: see `Paragraph`. paragraph: where it stands, counted from 0.
    before, after: what the paragraph says around it, up to the next quotation on either side.
    near: the paragraphs before and after, for a name that stands there.
    is_part: it is a paragraph of a longer one, or set as a quotation: it is meant as one, however short it is.
    start: where `text` begins in its paragraph.
    """

    number: int
    text: str
    line: int
    paragraph: int = 0
    before: str = ""
    after: str = ""
    near: tuple[str, str] = ("", "")
    is_part: bool = False
    start: int = 0

    @property
    def words(self) -> list[str]:
        """Its words as written."""
        return _WORD.findall(self.text)

    @property
    def length(self) -> int:
        """How many words it has; in scripts without spaces about as many."""
        dense = sum(map(is_dense, self.text))
        spaced = [word for word in self.words if not all(map(is_dense, word))] if dense else self.words
        return len(spaced) + -(-dense // _LETTERS_A_WORD)

    @property
    def readings(self) -> list[str]:
        """What may have been meant as quoted: the same on one line; without the marks of footnotes and with one mark
        for two letters; without further marks around it (`“‘One’”`); without the comma or full stop of the sentence.
        """
        line = " ".join(self.text.split("\n"))
        bare = _TYPED_MARK.sub('"', _NOTE_MARK.sub("", line)).strip()
        texts = dict.fromkeys([self.text.strip(), line.strip(), bare, bare.strip(_MARKS) or bare])
        inside = [text for text in texts if _WORD.search(text)]
        cut = (text[:-1].rstrip() for text in inside if text[-1:] in _OUTSIDE)
        other = (text[:-1] + end for text in inside if text[-1:] in _OUTSIDE_DENSE for end in _OUTSIDE_DENSE)
        return [*dict.fromkeys([*texts, *cut, *other])]


@dataclass(frozen=True, slots=True)
class UnpairedMark:
    """A quotation mark that neither opens nor closes a quotation. line: see `Paragraph`. text: around it."""

    mark: str
    line: int
    text: str
