"""The quotations of an article: what stands in quotation marks, and what is set as a quotation."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.articles.marks import MarkedPart, Pairing, pair_marks
from bot.articles.marks.blocks import read_block
from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation, UnpairedMark

_WORD = re.compile(r"\w")
_AROUND = 30
"""Characters on either side by which a mark is found again."""


class _Found(NamedTuple):
    """A quotation before it has its number. start: in its paragraph."""

    paragraph: int
    start: int
    text: str
    before: str
    after: str
    is_part: bool


def find_quotations(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """Every passage that the article gives as somebody's words, in order."""
    return read_quotations(paragraphs)[0]


def read_quotations(paragraphs: Sequence[Paragraph]) -> tuple[list[Quotation], list[UnpairedMark]]:
    """The quotations in order, and every mark that belongs to none."""
    found: list[_Found] = []
    unpaired: list[UnpairedMark] = []
    texts = [paragraph.text for paragraph in paragraphs]
    for _, group in groupby(range(len(paragraphs)), key=lambda index: _stand_alone(paragraphs[index], index)):
        indexes = list(group)
        if paragraphs[indexes[0]].is_quotation:
            found.extend(block for index in indexes for block in _read_set_off(texts, index))
        else:
            first, flow = indexes[0], texts[indexes[0] : indexes[-1] + 1]
            pairing = pair_marks(flow)
            found.extend(_read_marked(pairing, flow, first))
            for loose in pairing.loose:
                paragraph, at = paragraphs[first + loose.paragraph], loose.at
                around = paragraph.text[max(0, at - _AROUND) : at + _AROUND]
                line = paragraph.line + paragraph.text.count("\n", 0, at)
                unpaired.append(UnpairedMark(loose.mark, line, " ".join(around.split())))
    quotations = [_number(number, each, paragraphs, texts) for number, each in enumerate(found, 1)]
    return quotations, unpaired


def _stand_alone(paragraph: Paragraph, index: int) -> tuple[bool, int]:
    """The same for paragraphs from one into the next of which a quotation may go on: no heading, no cell of a table."""
    return paragraph.is_quotation, index if paragraph.is_heading or paragraph.row else -1


def _number(number: int, found: _Found, paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Quotation:
    index = found.paragraph
    near = (texts[index - 1] if index else "", texts[index + 1] if index + 1 < len(texts) else "")
    line = paragraphs[index].line + texts[index].count("\n", 0, found.start)
    return Quotation(number, found.text, line, index, found.before, found.after, near, found.is_part, found.start)


def _read_set_off(texts: Sequence[str], index: int) -> Iterator[_Found]:
    following = texts[index + 1] if index + 1 < len(texts) else ""
    for part in read_block(texts[index], following):
        yield _Found(index, part.start, part.text, part.before, part.after, part.is_meant)


def _read_marked(pairing: Pairing, flow: Sequence[str], first: int) -> Iterator[_Found]:
    """first: the number of the first paragraph in the article."""
    around = _list_surroundings([part for parts in pairing.quotations for part in parts], flow)
    for parts in pairing.quotations:
        before, after = around[parts[0]][0], around[parts[-1]][1]
        for part in parts:
            text = flow[part.paragraph][part.start : part.end]
            if _WORD.search(text):
                start = part.start + len(text) - len(text.lstrip())
                yield _Found(first + part.paragraph, start, text.strip(), before, after, len(parts) > 1)


def _list_surroundings(parts: Sequence[MarkedPart], flow: Sequence[str]) -> dict[MarkedPart, tuple[str, str]]:
    """What stands before and after each part, up to the next one or to the edge of its paragraph."""
    around = {}
    for number, part in enumerate(parts):
        previous = parts[number - 1] if number else None
        following = parts[number + 1] if number + 1 < len(parts) else None
        begin = previous.outer_end if previous and previous.paragraph == part.paragraph else 0
        end = following.outer_start if following and following.paragraph == part.paragraph else None
        text = flow[part.paragraph]
        around[part] = text[begin : part.outer_start], text[part.outer_end : end]
    return around
