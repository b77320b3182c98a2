"""Which answers a quotation may come from: the article's words are kept, and each answer is read once."""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.articles.answers import SourceAnswer
from bot.articles.marks import split_dense
from bot.articles.naming import Naming, find_naming
from bot.articles.nearest import find_nearest
from bot.articles.quotation import Quotation
from bot.quotes import fold_text

MOST = 8
"""Answers that are looked at closely for each quotation."""
SHORT = 5
"""Words below which a quotation is looked for word by word: one changed word would leave no pair."""

_WORD = re.compile(r"\w+")


def list_words(text: str) -> list[str]:
    """The words of a text for comparing: no marks, no case. In scripts without spaces each letter is one."""
    if text.isascii():
        return _WORD.findall(text.casefold())
    return [part for word in _WORD.findall(fold_text(text).casefold()) for part in split_dense(word)]


class Candidates:
    """The best answers for each of some quotations. Costs one look-up a word of what is read."""

    def __init__(self, quotations: Sequence[Sequence[str]]) -> None:
        """quotations: the words of each, see `list_words`."""
        self._wanted: dict[str | tuple[str, str], list[int]] = defaultdict(list)
        self._sizes = []
        self._best: list[list[tuple[float, int, SourceAnswer]]] = [[] for _ in quotations]
        self._read = 0
        for number, words in enumerate(quotations):
            shingles = set(words) if len(words) < SHORT else set(pairwise(words))
            self._sizes.append(max(1, len(shingles)))
            for shingle in shingles:
                self._wanted[shingle].append(number)

    def read(self, words: Sequence[str], answer: SourceAnswer) -> None:
        """Take note of one answer."""
        self._read += 1
        shared: dict[int, int] = defaultdict(int)
        for shingle in self._find(words):
            for number in self._wanted[shingle]:
                shared[number] += 1
        for number, count in shared.items():
            entry = (count / self._sizes[number], -self._read, answer)
            best = self._best[number]
            if len(best) < MOST:
                heapq.heappush(best, entry)
            elif entry > best[0]:
                heapq.heapreplace(best, entry)

    def _find(self, words: Sequence[str]) -> Iterable[str | tuple[str, str]]:
        return (self._wanted.keys() & set(words)) | (self._wanted.keys() & set(pairwise(words)))

    def best(self, number: int) -> list[SourceAnswer]:
        """The answers that share most with quotation `number`, the best first."""
        return [answer for _, _, answer in sorted(self._best[number], key=lambda entry: entry[:2], reverse=True)]


def choose_sources(quotations: Sequence[Quotation], candidates: Candidates) -> dict[int, SourceAnswer]:
    """For each quotation, by its number, the answer that says it, or else the one that says most of it.

    candidates: made of these quotations, in the same order.
    """
    chosen = {}
    for index, quotation in enumerate(quotations):
        best = choose_source(quotation, candidates.best(index))
        if best is not None:
            chosen[quotation.number] = best
    return chosen


def choose_source(quotation: Quotation, candidates: Sequence[SourceAnswer]) -> SourceAnswer | None:
    """Of several who said the same, the one whom the article names; the nearest where nobody said it."""
    saying = [answer for answer in candidates if answer.prove(quotation.readings)]
    if not saying:
        return max(candidates, key=lambda answer: _measure(quotation, answer), default=None)
    named = (answer for answer in saying if find_naming(quotation, answer.author).naming is Naming.RIGHT)
    return next(named, saying[0])


def _measure(quotation: Quotation, answer: SourceAnswer) -> float:
    near = find_nearest(quotation.text, answer.own_text)
    return near.likeness if near else 0.0
