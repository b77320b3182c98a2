"""What is set as a quotation: the words, and beside them whoever said them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from bot.articles.marks import ALL_MARKS, Pairing, pair_marks
from bot.articles.naming import has_speaker
from bot.articles.quotation import Quotation

_WORD, _WORDS = re.compile(r"\w"), re.compile(r"\w+")
_ENDS = frozenset(".!?…,。！？，۔।؟")
_DASH = r"(?:[—–―~]|--?)"
_BYLINE = re.compile(rf"(?:\A|\n)\s*{_DASH}\s*(?P<name>[^\n]{{2,120}})\Z")
_NAME = (
    r"\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:(?:v[ao]n|de[nrl]?|d[aiu]|la|le|bin|al|ten?) ){0,2}\p{Lu}[\p{L}\p{M}.'’-]*){0,4}"
)
_SPEAKER = regex.compile(
    rf"\s*(?:@[\w.-]+|{_NAME}|\p{{Lo}}{{2,12}})(?:,[^:\n]{{1,60}}| ?\([^()\n]{{1,60}}\))?\s*[:：]\s*(?=\S)"
)
"""`Ada Lovelace, engineer: ` at the beginning."""
_INLINE_BYLINE = re.compile(
    rf"\s*{_DASH}\s*(?:@|[^\W\d_a-z]|(?:an?|the|ein|eine|einer|une?|el|la|le|il|un|uno|una|een|der|die|das)\s)[^\n]{{1,120}}\Z"
)
_LONGEST_ATTRIBUTION = 14
"""Words outside of the marks of a block up to which they say who speaks."""


class BlockPart(NamedTuple):
    """Words of a block. start: where. before, after: who is said to have said them. is_meant: they cannot be the line
    that names the speaker of the block before.
    """

    start: int
    text: str
    before: str
    after: str
    is_meant: bool = False


def read_block(text: str, following: str) -> Iterator[BlockPart]:
    """The words of a paragraph of a blockquote. following: the paragraph after it, which may be its byline."""
    byline = _BYLINE.search(text)
    end = byline.start() if byline else len(text)
    byline = byline or _BYLINE.match(following)
    after = f"— {byline['name']}" if byline else ""
    speaker = _SPEAKER.match(text, 0, end)
    start = speaker.end() if speaker and _WORD.search(text, speaker.end(), end) else 0
    pairing = pair_marks([text[start:end]])
    marked = list(_read_attributed(pairing, text, start, end, after))
    if marked:
        yield from marked
        return
    first, last = _strip_marks(pairing, text, start, end)
    if _WORD.search(text, first, last):
        words = text[first:last]
        is_meant = bool(after or start) or words[-1] in _ENDS or _is_clause(words)
        yield BlockPart(first, words, text[:start], after, is_meant)


def _is_clause(text: str) -> bool:
    """Four words or more, one of them in small letters: no name."""
    words = _WORDS.findall(text)
    return len(words) > 3 and any(len(word) > 2 and not word[0].isupper() for word in words)


def _read_attributed(pairing: Pairing, text: str, start: int, end: int, byline: str) -> Iterator[BlockPart]:
    """`“One,” said Ada, “two.”`: what is marked, where all the rest says who speaks."""
    parts = [part for parts in pairing.quotations for part in parts]
    if not parts or text[start : start + parts[0].outer_start].strip():
        return
    edges = [*(start + part.outer_end for part in parts)]
    rests = [text[edge : start + part.outer_start] for edge, part in zip(edges, parts[1:], strict=False)]
    rests.append(text[edges[-1] : end])
    if not _is_attribution(rests):
        return
    for part, rest in zip(parts, rests, strict=True):
        words = text[start + part.start : start + part.end]
        if _WORD.search(words):
            begin = start + part.start + len(words) - len(words.lstrip())
            yield BlockPart(begin, words.strip(), text[:start], rest if _WORD.search(rest) else byline)


def _is_attribution(rests: list[str]) -> bool:
    said = " ".join(rests)
    if not _WORD.search(said) or (len(rests) == 1 and _INLINE_BYLINE.match(said)):
        return True
    return len(said.split()) <= _LONGEST_ATTRIBUTION and has_speaker(Quotation(0, "", 0, after=said.strip()))


def _strip_marks(pairing: Pairing, text: str, start: int, end: int) -> tuple[int, int]:
    """Without a mark at either end that has no partner here: paragraphs of one quotation open and close it."""
    loose = {start + each.at for each in pairing.loose}
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start in loose and text[start] in ALL_MARKS:
        start += 1
    if end - 1 in loose and end > start and text[end - 1] in ALL_MARKS:
        end -= 1
    return start, end
