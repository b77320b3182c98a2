"""The passage nearest to a quotation that no reply holds, with the words that differ."""

from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

from bot.articles.marks import DENSE_LETTER
from bot.quotes import fold_text

_LETTER = rf"(?:(?!{DENSE_LETTER})[^\W_])"
_TOKEN = regex.compile(
    rf"\[[^\[\]]*\]|{DENSE_LETTER}"  # a bracket, a letter of a script without spaces
    rf"|[-+]?[$€£¥]?{_LETTER}+(?:['’´.,:/-]{_LETTER}+)*[%‰°+]?"  # a word or a number
    r"|[^\w\s!-/:-@\[-`{-~‐-⁞«»]"  # a sign such as an emoji, but no punctuation
)
NEAR = 0.6
"""Share of a quotation's words that must stand in the reply, in order, for it to be its likely source."""
MOST_TOKENS = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the article, and those that stand in the reply in their place; either can be empty."""

    article: str
    reply: str


@dataclass(frozen=True, slots=True)
class Near:
    """A passage of a reply like the quotation. likeness: from 0 to 1. passage: exactly as written."""

    likeness: float
    passage: str
    differences: tuple[Difference, ...]


def find_nearest(quotation: str, source: str) -> Near | None:
    """The passage of `source` that says nearly the same, or None where nothing does."""
    source_spans = [match.span() for match in _TOKEN.finditer(source)][:MOST_TOKENS]
    quoted = [match.span() for match in _TOKEN.finditer(quotation)][:MOST_TOKENS]
    if not source_spans or not quoted:
        return None
    source_words, quoted_words = _fold_words(source, source_spans), _fold_words(quotation, quoted)
    begin, end = _find_window(source_words, quoted_words)
    matcher = SequenceMatcher(None, source_words[begin:end], quoted_words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    likeness = sum(block.size for block in blocks) / len(quoted)
    if likeness < NEAR:
        return None
    # The passage begins and ends where the quotation does, as far as that can be told.
    first = max(begin, begin + blocks[0].a - blocks[0].b)
    last = min(len(source_spans), begin + blocks[-1].a + len(quoted) - blocks[-1].b)
    passage = source[source_spans[first][0] : source_spans[last - 1][1]]
    return Near(likeness, passage, _list_differences(source, source_spans[first:last], quotation, quoted))


def _fold_words(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [fold_text(text[start:end]).casefold() for start, end in spans]


def _find_window(source_words: list[str], quoted_words: list[str]) -> tuple[int, int]:
    """Where in `source_words` the quotation must lie: around the longest run that both share."""
    longest = SequenceMatcher(None, source_words, quoted_words, autojunk=False).find_longest_match()
    slack = max(5, len(quoted_words) // 2)
    begin = max(0, longest.a - longest.b - slack)
    return begin, min(len(source_words), longest.a + len(quoted_words) - longest.b + slack)


def _list_differences(
    source: str, source_spans: list[tuple[int, int]], quotation: str, quoted: list[tuple[int, int]]
) -> tuple[Difference, ...]:
    ours = [fold_text(source[start:end]) for start, end in source_spans]
    theirs = [fold_text(quotation[start:end]) for start, end in quoted]
    return tuple(
        Difference(_read(quotation, quoted[b1:b2]), _read(source, source_spans[a1:a2]))
        for change, a1, a2, b1, b2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if change != "equal"
    )


def _read(text: str, spans: list[tuple[int, int]]) -> str:
    return text[spans[0][0] : spans[-1][1]] if spans else ""
