"""The quotations of an article: what stands in quotation marks, and what is set as a quotation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.paragraphs import Paragraph

_PAIRS = {
    "“": "”", "„": "“”", "”": "”", '"': '"', "«": "»", "»": "«", "‹": "›", "›": "‹", "‚": "‘’", "‘": "’", "'": "'",
    "「": "」", "『": "』",
}  # fmt: skip
"""The mark that opens a quotation, and what closes it."""
_OPENING = re.compile("(?<![\\w])[" + "".join(_PAIRS) + "](?=[^\\s»«]|[\\s]?[\\w\\[])")
_NESTS = frozenset("“„«‹「『")
_APOSTROPHES = frozenset("'’‘")
_BYLINE = re.compile(r"(?:\A|\n)\s*(?:[—–―]|--?)\s*(?P<name>[^\n]{2,120})\Z")
_OUTSIDE = (",", ".", ";")
_WORD = re.compile(r"\w+")
LONGEST = 5_000
"""Characters of one quotation; a mark that is not closed by then opened none."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of an article.

    number: from 1. text: without its marks. line: see `Paragraph`. paragraph: where it stands, counted from 0.
    before, after: what the paragraph says around it, up to the next quotation on either side.
    near: the paragraphs before and after, for a name that stands there.
    """

    number: int
    text: str
    line: int
    paragraph: int = 0
    before: str = ""
    after: str = ""
    near: tuple[str, str] = ("", "")

    @property
    def words(self) -> list[str]:
        """Its words as written."""
        return _WORD.findall(self.text)

    @property
    def readings(self) -> list[str]:
        """What may have been meant as quoted: the same on one line; without the comma or full stop of the sentence
        outside.
        """
        line = " ".join(self.text.split("\n"))
        texts = dict.fromkeys([self.text.strip(), line.strip()])
        return [*texts, *(text[:-1].rstrip() for text in texts if text[-1:] in _OUTSIDE and _WORD.search(text))]


def find_quotations(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """Every passage that the article gives as somebody's words, in order."""
    found: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        near = (
            paragraphs[index - 1].text if index else "",
            paragraphs[index + 1].text if index + 1 < len(paragraphs) else "",
        )
        parts = _read_block(paragraph, near[1]) if paragraph.is_quotation else _read_marked(paragraph.text, near[1])
        for text, line, before, after in parts:
            found.append(Quotation(len(found) + 1, text, paragraph.line + line, index, before, after, near))
    return found


def _read_block(paragraph: Paragraph, following: str) -> Iterator[tuple[str, int, str, str]]:
    """A blockquote without the marks around it and without a byline, which may be the next paragraph."""
    byline = _BYLINE.search(paragraph.text)
    text = (paragraph.text[: byline.start()] if byline else paragraph.text).strip()
    byline = byline or _BYLINE.match(following)
    marked = list(find_marked(text))
    if len(marked) == 1 and marked[0][0] <= 1 and not _WORD.search(text[marked[0][1] + 1 :]):
        text = text[marked[0][0] : marked[0][1]]
    if _WORD.search(text):
        yield text, 0, "", f"— {byline['name']}" if byline else ""


def _read_marked(text: str, following: str) -> Iterator[tuple[str, int, str, str]]:
    spans = list(find_marked(text))
    last = spans[-1][1] + 1 if spans else 0
    # A quotation of several paragraphs is opened in each and closed in the last.
    opening = _OPENING.search(text, last)
    if opening and following.lstrip().startswith(opening[0]):
        spans.append((opening.end(), len(text)))
    edges = [0, *(end + 1 for _, end in spans)]
    for number, (start, end) in enumerate(spans):
        until = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        line = text.count("\n", 0, start)
        if _WORD.search(text, start, end):
            yield text[start:end].strip(), line, text[edges[number] : start - 1], text[end + 1 : until]


def find_marked(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what stands between quotation marks, without the marks; none within another."""
    position = 0
    while opening := _OPENING.search(text, position):
        end = _find_closing(text, opening.start())
        if end is None:
            position = opening.end()
        else:
            yield opening.end(), end
            position = end + 1


def _find_closing(text: str, opening: int) -> int | None:
    mark = text[opening]
    closing, depth = _PAIRS[mark], 1
    for at in range(opening + 1, min(len(text), opening + LONGEST)):
        letter = text[at]
        if letter in closing and not _is_apostrophe(text, at):
            depth -= 1
            if depth == 0:
                return at
        elif letter == mark and mark in _NESTS:
            depth += 1
    return None


def _is_apostrophe(text: str, at: int) -> bool:
    if text[at] not in _APOSTROPHES:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return after.isalnum() or before.isspace()
