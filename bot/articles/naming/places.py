"""Where the name of a quotation's speaker can stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.naming.speech import (
    BEFORE,
    BRACKETED,
    BRACKETED_BEFORE,
    BYLINE,
    COMMA_BEHIND,
    LINE_BEHIND,
    PRONOUN,
    SIGNED_BEHIND,
)
from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation
from bot.quotes import find_sentences

_NEAR = 60
"""Characters from a quotation within which a verb of speech makes an unknown name its speaker."""
_MOST_STEPS = 40
"""Paragraphs looked at on either side."""
_ENDS = ".!?…"
_WORD = re.compile(r"\w")
_SIGNED = re.compile(r"\s*(?:[—–―~∼]|--?)")
_OPENING = tuple("“„”«»‘‚'\"‹›「『")
_LONGEST = 120
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text around a quotation. is_own: the sentence that the quotation is part of, so that whoever speaks
    in it, known or not, says it. leads: the sentence before, so that whom it is about says it. begin, end: where in it
    a name must stand for that.
    """

    text: str
    is_own: bool = True
    leads: bool = False
    begin: int = 0
    end: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Bylines:
    """What may be a name and no more: a bracket, a line, the cells of a row, which count together. tells_strangers:
    whether it can hardly be anything else, so that a name that nobody has is worth a word.
    """

    texts: tuple[str, ...]
    tells_strangers: bool = True


def list_segments(quotation: Quotation) -> Iterator[Segment]:
    """The sentences in which a speaker may be named, the likeliest first."""
    after, before = quotation.after, quotation.before
    ends = quotation.text.rstrip()[-1:] in _ENDS and after[:2].strip()[:1].isupper()
    sentences = find_sentences(after)
    rest = after[: sentences[0][1]] if sentences else ""
    introduces = before.rstrip()[-1:] not in _ENDS
    if not ends and not PRONOUN.match(rest):
        yield Segment(rest, end=_NEAR)
    begun = find_sentences(before)
    if len(begun) > 1:  # its own sentence before one in which somebody says something else
        own = before[begun[-1][0] :]
        yield Segment(own, introduces, not introduces, len(own) - _NEAR)
    yield Segment(before, introduces, not introduces and len(begun) == 1, len(before) - _NEAR)
    if ends:
        yield Segment(rest, is_own=False)
    if not before and not after.strip():
        previous = quotation.near[0].rstrip()
        if previous.endswith((":", "：")):
            yield Segment(previous, begin=len(previous) - _NEAR)
        if _SIGNED.match(quotation.near[1]):
            yield Segment(quotation.near[1])


def list_bylines(quotation: Quotation, article: Sequence[Paragraph]) -> Iterator[Bylines]:
    """Brackets, lines and cells that may be a name and no more, the nearest first."""
    for pattern in (BRACKETED, SIGNED_BEHIND, LINE_BEHIND):
        found = pattern.search(quotation.after[: _LONGEST * 2])
        if found:
            yield Bylines((_cut(found["inner"]),))
    found = COMMA_BEHIND.search(quotation.after[:_LONGEST])
    if found and len(found["inner"].split()) <= 5:
        yield Bylines((found["inner"],), tells_strangers=False)
    for pattern in (BRACKETED_BEFORE, BEFORE):
        found = pattern.search(quotation.before[-_LONGEST * 2 :])
        if found:
            yield Bylines((_cut(found["inner"]),), tells_strangers=False)
    yield from _list_cells(quotation, article)
    if not _WORD.search(quotation.before) and not _WORD.search(quotation.after):
        yield from _list_lines(quotation, article)


def _cut(text: str) -> str:
    """Up to where a sentence begins that is no part of a name."""
    return text.split("\n", 1)[0].strip()


def _list_cells(quotation: Quotation, article: Sequence[Paragraph]) -> Iterator[Bylines]:
    before, after = quotation.before.rpartition("\n")[2], quotation.after.partition("\n")[0]
    if "|" in before or "|" in after:
        yield Bylines(tuple(cell for cell in (*before.split("|"), *after.split("|")) if _WORD.search(cell)))
        head = quotation.before.partition("\n")[0].split("|")
        if "\n" in quotation.before and before.count("|") < len(head):
            yield Bylines((head[before.count("|")],), tells_strangers=False)
    row = article[quotation.paragraph].row if quotation.paragraph < len(article) else 0
    if row:
        around = range(max(0, quotation.paragraph - _MOST_STEPS), min(len(article), quotation.paragraph + _MOST_STEPS))
        cells = [article[index].text for index in around if article[index].row == row and index != quotation.paragraph]
        yield Bylines(tuple(cells))


def _list_lines(quotation: Quotation, article: Sequence[Paragraph]) -> Iterator[Bylines]:
    """The paragraph behind a quotation that stands alone, and the one before it."""
    if not article:
        article = [Paragraph(quotation.near[0], 0), Paragraph("", 0), Paragraph(quotation.near[1], 0)]
        at = 1
    else:
        at = quotation.paragraph
    behind = at + 1
    while behind < min(len(article), at + _MOST_STEPS) and _continues(article[at], article[behind]):
        behind += 1
    after = article[behind].text if behind < len(article) and not article[behind].is_heading else ""
    before = article[at - 1].text if at else ""
    lines = [text for text in (after, before) if is_byline(text)]
    if len(lines) > 1 and _begins_with_name(article, at):
        lines.reverse()
    if lines:
        yield Bylines((lines[0],), tells_strangers=lines[0] is after)


def _continues(quotation: Paragraph, following: Paragraph) -> bool:
    """Whether a block quote goes on in the next paragraph, which is no name."""
    return quotation.is_quotation and following.is_quotation and not is_byline(following.text)


def _begins_with_name(article: Sequence[Paragraph], at: int) -> bool:
    """Whether names and quotations take turns up to here with a name first."""
    first = at
    for _ in range(_MOST_STEPS):
        previous = article[first - 1] if first else Paragraph("", 0)
        is_turn = is_byline(previous.text) if first == at or not is_byline(article[first].text) else _is_alone(previous)
        if not is_turn:
            break
        first -= 1
    return is_byline(article[first].text)


def _is_alone(paragraph: Paragraph) -> bool:
    return paragraph.is_quotation or paragraph.text.lstrip()[:1] in _OPENING


def is_byline(text: str) -> bool:
    """Whether a paragraph is a name, perhaps with what somebody is, and no sentence."""
    text = text.strip()
    if not text or len(text) > _LONGEST or text[-1] in ":!?…" or len(text.split()) > _MOST_WORDS:
        return False
    return BYLINE.fullmatch(text) is not None
