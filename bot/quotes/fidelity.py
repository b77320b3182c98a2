"""The proof of a quote: whether a reply says these words, what was edited, and what a reader should know.

Fails closed: what is not found word for word, in order and in the author's own words, is no quote.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from bot.quotes.marks import BRACKET, Edit, EditKind, Marked, Run, read_marks
from bot.quotes.negation import has_negation
from bot.quotes.proof import find_own_words
from bot.quotes.sentences import find_sentence_at, find_sentences
from bot.quotes.typography import Folded, fold


class Fidelity(StrEnum):
    """VERBATIM: an exact substring. NORMALISED: but for white space and typographic quotes, dashes and ellipses.
    EDITED: but for edits in brackets. FAIL: not proven, so it is no quote.
    """

    VERBATIM = "verbatim"
    NORMALISED = "normalised"
    EDITED = "edited"
    FAIL = "fail"


class Caution(StrEnum):
    """What is true of a proven quote and may still mislead. REPLY_TO_OTHER is set by who knows the conversation."""

    NEGATION_DROPPED = "negation_dropped"
    CLIPPED = "clipped"
    REPLY_TO_OTHER = "reply_to_other"


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Characters `start` to `end` of part `part` of the source; of a reply alone, part 0."""

    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What `prove_quote` found. spans: where each unbroken run of the quote stands, in order."""

    fidelity: Fidelity
    edits: tuple[Edit, ...] = ()
    warnings: tuple[Caution, ...] = ()
    spans: tuple[SourceSpan, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the source says it."""
        return self.fidelity is not Fidelity.FAIL


FAILED = Proof(Fidelity.FAIL)
Spans: TypeAlias = Iterable[tuple[int, int]]

_LOOK_AROUND = 1_000  # characters in which the ends of a sentence are looked for
_BARRIER = "\n"  # folded text has no line feed, so nothing is found across one
_SAYS = re.compile(r"[^\W_]|[^\w\s!-/:-@\[-`{-~‐-⁞]")  # a letter, a digit or a sign such as an emoji
_HAS_WORD = re.compile(r"\w")


class QuoteSource:
    """What one answer says, prepared once for any number of quotes."""

    def __init__(self, parts: Sequence[str], foreign: Sequence[Spans] = ()) -> None:
        """parts: the replies of a chained answer, in order. foreign: for each, what its author quoted of others."""
        self.parts = tuple(parts)
        self._pieces: list[tuple[int, int, int, int]] = []  # (where in the folded text, part, start and end in it)
        self._own = _join(list(self._fold_pieces([*map(tuple, foreign), *[()] * (len(parts) - len(foreign))])))

    def _fold_pieces(self, foreign: Sequence[Spans]) -> Iterator[Folded]:
        at = 0
        for number, part in enumerate(self.parts):
            for own in find_own_words(0, part, foreign[number]):
                piece = fold(part[own.start : own.end], own.start)
                self._pieces.append((at, number, own.start, own.end))
                at += len(piece.text) + len(_BARRIER)
                yield piece

    @property
    def text(self) -> str:
        """The author's own words with their typography evened out; a line feed between parts."""
        return self._own.text

    @cached_property
    def lowered(self) -> str:
        """The same in lower case, character for character."""
        return _lower(self.text)

    # ------------------------------------------------------------ finding

    def find(self, run: Run, start: int = 0) -> Iterator[int]:
        """Where the words of `run` stand in `text` as whole words, from `start` on."""
        text, wanted = (self.lowered, _lower(run.text)) if run.cased else (self.text, run.text)
        at = text.find(wanted, start)
        while at >= 0:
            if self._stands(run, at):
                yield at
            at = text.find(wanted, self._own.skip_word(at) if self._own.cuts_word(at) else at + 1)

    def find_last(self, run: Run, stop: int) -> int:
        """The last place where `run` ends at or before `stop`. There must be one."""
        text, wanted = (self.lowered, _lower(run.text)) if run.cased else (self.text, run.text)
        at = text.rfind(wanted, 0, stop)
        while not self._stands(run, at):
            at = text.rfind(wanted, 0, at + len(wanted) - 1)
        return at

    def _stands(self, run: Run, at: int) -> bool:
        end = at + len(run.text)
        if self._own.cuts_word(at) or self._own.cuts_word(end):
            return False
        edges = [-1, *run.cased, len(run.text)]
        return not run.cased or all(
            self.text.startswith(run.text[before + 1 : after], at + before + 1) for before, after in pairwise(edges)
        )

    def locate(self, start: int, end: int) -> SourceSpan:
        """The place in the parts of characters `start` to `end` of `text`."""
        _, part, begin, stop = self._piece_at(start)
        first, last = max(begin, self._own.start_of(start)), min(stop, self._own.end_of(end - 1))
        words = self.parts[part][first:last]
        return SourceSpan(part, first + len(words) - len(words.lstrip()), first + len(words.rstrip()))

    def _piece_at(self, position: int) -> tuple[int, int, int, int]:
        return self._pieces[bisect_right(self._pieces, (position, 1 << 60)) - 1]

    def find_exact(self, quote: str, at: int, found: SourceSpan) -> SourceSpan | None:
        """Where `quote` stands character for character in what was found at `at`, among its author's words; or None."""
        _, number, begin, stop = self._piece_at(at)
        words = quote.strip()
        first, last = max(begin, found.start - len(words) + 1), min(stop, found.end + len(words) - 1)
        start = self.parts[number].find(words, first, last)
        return None if start < 0 else SourceSpan(number, start, start + len(words))

    def read(self, start: int, end: int) -> str:
        """The words as they were written at characters `start` to `end` of `text`, a line for each part."""
        lines, at = [], start
        for line in self.text[start:end].split(_BARRIER):
            if line.strip():
                found = self.locate(at, at + len(line))
                lines.append(self.parts[found.part][found.start : found.end])
            at += len(line) + len(_BARRIER)
        return "\n".join(lines)

    # ------------------------------------------------------------ sentences

    def read_rest(self, found: SourceSpan) -> str:
        """What follows a span in its sentence."""
        begin = max(0, found.end - _LOOK_AROUND)
        near = self.parts[found.part][begin : found.end + _LOOK_AROUND]
        _, end = find_sentence_at(find_sentences(near), found.end - 1 - begin)
        return near[found.end - begin : end]

    def read_before(self, found: SourceSpan) -> str:
        """What stands before a span in its sentence."""
        begin = max(0, found.start - _LOOK_AROUND)
        near = self.parts[found.part][begin : found.start + _LOOK_AROUND]
        start, _ = find_sentence_at(find_sentences(near), found.start - begin)
        return near[start : found.start - begin]


def _lower(text: str) -> str:
    """In lower case and as long as before: İ alone becomes two letters."""
    return text.replace("İ", "I").lower()


def _join(pieces: list[Folded]) -> Folded:
    """Pieces as one folded text, a barrier between two."""
    joined, at = Folded(_BARRIER.join(piece.text for piece in pieces)), 0
    for piece in pieces:
        joined.anchors.extend((at + position, start, end) for position, start, end in piece.anchors)
        joined.clause_dashes.update(at + position for position in piece.clause_dashes)
        at += len(piece.text) + len(_BARRIER)
    return joined


def prove_quote(source: str | Sequence[str] | QuoteSource, quote: str, foreign: Spans = ()) -> Proof:
    """Whether `source` says `quote`, and how faithfully.

    source: the text of a reply, the texts of a chained answer in order, or either prepared as a `QuoteSource`.
    foreign: spans of a reply that its author quoted of others; for an answer give them to `QuoteSource`.
    """
    if isinstance(source, str):
        source = QuoteSource([source], [foreign])
    elif not isinstance(source, QuoteSource):
        source = QuoteSource(source)
    if not _SAYS.search(quote):
        return FAILED
    return _prove_unmarked(source, quote) or _prove_marked(source, quote) or FAILED


def _prove_unmarked(source: QuoteSource, quote: str) -> Proof | None:
    """Found as it is: verbatim where every character is the same, else normalised."""
    run = Run(fold(quote).text.strip())
    first = None
    for at in source.find(run) if run.text else ():
        found = source.locate(at, at + len(run.text))
        first = first or found
        exact = source.find_exact(quote, at, found)
        if exact is not None:
            return Proof(Fidelity.VERBATIM, (), _find_cautions(source, (), (exact,), trails=False), (exact,))
    if first is None:
        return None
    return Proof(Fidelity.NORMALISED, (), _find_cautions(source, (), (first,), trails=False), (first,))


def _prove_marked(source: QuoteSource, quote: str) -> Proof | None:
    """Found but for its brackets. Brackets that the source has are tried as its own words first."""
    brackets = {bracket[0] for bracket in BRACKET.finditer(quote)}
    literal = {bracket for bracket in brackets if fold(bracket).text in source.text}
    for kept in [literal, set()] if literal else [set()]:
        marked = read_marks(quote, kept)
        proof = None if marked is None or not marked.edits else _prove_runs(source, marked)
        if proof is not None:
            return proof
    return None


def _prove_runs(source: QuoteSource, marked: Marked) -> Proof | None:
    places = _place(source, marked.runs)
    if places is None:
        return None
    stretches = [(at, at + len(run.text)) for at, run in zip(places, marked.runs, strict=True)]
    spans = tuple(source.locate(*stretch) for stretch in stretches)
    omitted = [source.read(end, start) for (_, end), (start, _) in pairwise(stretches)]
    if marked.leads:
        omitted.insert(0, source.read_before(spans[0]))
    if marked.trails:
        omitted.append(source.read_rest(spans[-1]))
    edits = tuple(_fill_omissions(marked.edits, omitted))
    return Proof(Fidelity.EDITED, edits, _find_cautions(source, omitted, spans, trails=marked.trails), spans)


def _place(source: QuoteSource, runs: Sequence[Run]) -> list[int] | None:
    """Start of each run: the first match of all runs in order, with the smallest gaps."""
    end = 0
    for run in runs:
        at = next(source.find(run, end), None)
        if at is None:
            return None
        end = at + len(run.text)
    places: list[int] = []
    for run in reversed(runs):
        places.insert(0, source.find_last(run, end))
        end = places[0]
    return places


def _fill_omissions(edits: Iterable[Edit], omitted: Iterable[str]) -> Iterator[Edit]:
    """The edits with the words that each omission leaves out."""
    words = iter(omitted)
    for edit in edits:
        yield replace(edit, text=next(words, "").strip()) if edit.kind is EditKind.OMISSION else edit


def _find_cautions(
    source: QuoteSource, omitted: Iterable[str], spans: Sequence[SourceSpan], *, trails: bool
) -> tuple[Caution, ...]:
    cautions = []
    if any(has_negation(words) for words in omitted):
        cautions.append(Caution.NEGATION_DROPPED)
    if not trails and _HAS_WORD.search(source.read_rest(spans[-1])):
        cautions.append(Caution.CLIPPED)
    return tuple(cautions)
