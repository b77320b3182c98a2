"""Every mark of a text in the role that accounts for all of them at the least cost.

The likeliest readings are carried along from mark to mark, each as a stack of what is open (a beam search). Where two
fit as well, the wider quotation is taken: what was not said is then found in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from bot.articles.marks.glyphs import Family, Glyph, can_pair, find_marks, is_known_pair
from bot.articles.marks.roles import (
    LOOSE,
    LOOSE_INSIDE,
    NEVER,
    Place,
    cost_closing,
    cost_nothing,
    cost_opening,
    is_dense,
    may_be_cut,
    may_be_inch,
)

LONGEST = 20_000
"""Characters of one quotation; a mark that is not closed by then opened none."""

_MOST_READINGS = 5
_DEEPEST = 4
_MARGIN = 10.0
"""A reading that costs so much more than the best one is given up: more than a loose mark."""
_WORST_OPENING, _WORST_CLOSING = 5.5, 4.5
"""Costs from which on a mark stands where none opens or closes: a letter before it and a space behind it."""
_WILD_PAIR = 1.0
_ACROSS = 1.5
_RATHER_NONE = 10.0
_NESTED, _NESTED_ALIKE = 0.3, 1.0
_UNCLOSED = 0.5
"""On top of LOOSE: a mark that was taken for an opening one for nothing hides what stands after it."""
_CARRIED = 2.0
_REOPENED = 0.2
_REOPENED_INSIDE = 1.0
_INTRODUCES = (":", "：", ",", "，")
_ENDS = (".", "!", "?", "…")


class Break(NamedTuple):
    """A mark without a partner. paragraph, at: where it stands."""

    paragraph: int
    at: int
    mark: str


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """What stands between marks in one paragraph. outer_start, outer_end: with its marks."""

    paragraph: int
    start: int
    end: int
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """quotations: each as its parts, one a paragraph. loose: marks that belong to none."""

    quotations: list[list[MarkedPart]] = field(default_factory=list)
    loose: list[Break] = field(default_factory=list)


class _Open(NamedTuple):
    """A mark that is open. is_speech: it begins as speech does."""

    glyph: Glyph
    is_speech: bool


class _Event(NamedTuple):
    """Something that became of a mark outside of others. kind: opens, reopens, closes, loose, inside."""

    kind: str
    paragraph: int
    start: int
    end: int


_History: TypeAlias = "tuple[_Event, _History] | None"
_Stack: TypeAlias = tuple[_Open, ...]


class _Course(NamedTuple):
    """One way to read the marks so far. since: characters before the outermost open mark."""

    cost: float
    stack: _Stack
    since: int
    history: _History


_get_cost = itemgetter(0)


def pair_marks(paragraphs: Sequence[str]) -> Pairing:
    """Pair the marks of consecutive paragraphs; a quotation may go on from one into the next."""
    readings, offset = [_Course(0.0, (), 0, None)], 0
    for index, text in enumerate(paragraphs):
        for start, glyph in find_marks(text):
            spot = _Spot(glyph, Place(text, start, start + len(glyph.text)), index, offset)
            readings = _keep_best(spot.read(readings))
        offset += len(text)
        is_last = index + 1 == len(paragraphs)
        readings = _keep_best(_end_paragraph(readings, offset, is_last=is_last))
    return _tell(min(readings, key=_get_cost), paragraphs)


def _keep_best(readings: Iterable[_Course]) -> list[_Course]:
    """Of those with the same marks open the cheapest, the first where several are; and of all the cheapest few."""
    best: dict[_Stack, _Course] = {}
    for reading in readings:
        known = best.get(reading.stack)
        if known is None or reading.cost < known.cost:
            best[reading.stack] = reading
    kept = sorted(best.values(), key=_get_cost)[:_MOST_READINGS]
    return [reading for reading in kept if reading.cost <= kept[0].cost + _MARGIN]


def _end_paragraph(readings: Iterable[_Course], offset: int, *, is_last: bool) -> Iterator[_Course]:
    """What is open goes on in the next paragraph, or was never opened."""
    for reading in readings:
        if not reading.stack:
            yield reading
            continue
        if not is_last and offset - reading.since <= LONGEST:
            yield _Course(reading.cost + _CARRIED, *reading[1:])
        cost = LOOSE + _UNCLOSED + LOOSE_INSIDE * (len(reading.stack) - 1)
        yield _Course(reading.cost + cost, (), 0, reading.history)


class _Spot:
    """One mark, and what it costs in each role."""

    def __init__(self, glyph: Glyph, place: Place, paragraph: int, offset: int) -> None:
        """offset: characters before the paragraph."""
        self.glyph, self.place, self.paragraph = glyph, place, paragraph
        self.offset, self.at = offset, offset + place.start
        self.opening, self.closing = cost_opening(glyph, place), cost_closing(glyph, place)
        self.can_open, self.can_close = self.opening < _WORST_OPENING, self.closing < _WORST_CLOSING
        self.begins_line = place.begins_line
        self.goes_on = place.read_after(6)[:1].isalpha() and not place.read_after(6)[:1].isupper()
        self.begins_sentence = place.before == " " and place.read_before(3)[-1:] in _ENDS
        self.is_speech = place.after.isupper() or place.read_before(3)[-1:] in _INTRODUCES
        self._nothing: dict[tuple[bool, bool], float] = {}

    def read(self, readings: Iterable[_Course]) -> Iterator[_Course]:
        """Every reading with every role that the mark can have in it."""
        for reading in readings:
            nothing = self._cost_nothing(reading.stack)
            if nothing < NEVER:
                yield _Course(reading.cost + nothing, *reading[1:])
            yield from self._close(reading)
            yield from self._reopen(reading)
            yield from self._open(reading)
            if reading.stack:
                cost = reading.cost + self._cost_loose_inside(reading)
                yield _Course(cost, reading.stack, reading.since, self._note_inside(reading, 1))
            else:
                yield _Course(reading.cost + LOOSE, (), 0, self._note("loose", reading))

    def _cost_loose_inside(self, reading: _Course) -> float:
        """One that comes from another paragraph and holds a loose mark is rather none."""
        return LOOSE_INSIDE if reading.since >= self.offset else LOOSE

    def _cost_nothing(self, stack: _Stack) -> float:
        key = (bool(stack), bool(stack) and stack[-1].is_speech)
        if key not in self._nothing:
            self._nothing[key] = cost_nothing(self.glyph, self.place, is_inside=key[0], is_speech=key[1])
        return self._nothing[key]

    def _open(self, reading: _Course) -> Iterator[_Course]:
        if not self.can_open or len(reading.stack) == _DEEPEST:
            return
        stack = (*reading.stack, _Open(self.glyph, self.is_speech))
        if reading.stack:
            nested = _NESTED_ALIKE if reading.stack[-1].glyph is self.glyph else _NESTED
            yield _Course(reading.cost + self.opening + nested, stack, reading.since, reading.history)
        else:
            yield _Course(reading.cost + self.opening, stack, self.at, self._note("opens", reading))

    def _reopen(self, reading: _Course) -> Iterator[_Course]:
        """A quotation of several paragraphs has its mark at the beginning of each, or the closing one.

        Where the paragraphs were one in the file (`<br>` in Markdown), it stands behind a sentence.
        """
        if not reading.stack or not (self.begins_line or self.begins_sentence):
            return
        outer = reading.stack[0].glyph
        if self.glyph is outer or (self.glyph.family is outer.family and self.begins_line):
            at_line = 0.0 if self.begins_line else _REOPENED_INSIDE
            cost = reading.cost + _REOPENED + at_line + (0.0 if self.glyph is outer else _WILD_PAIR)
            skipped = len(reading.stack) - 1
            cost += self._cost_loose_inside(reading) * skipped
            history = self._note_inside(reading, skipped)
            yield _Course(cost, reading.stack[:1], reading.since, self._note("reopens", reading, history))

    def _close(self, reading: _Course) -> Iterator[_Course]:
        """The innermost mark that it can close, or one further out: then those within were never closed."""
        if not self.can_close:
            return
        for depth in range(len(reading.stack) - 1, -1, -1):
            opened, is_top = reading.stack[depth], depth == len(reading.stack) - 1
            if not can_pair(opened.glyph, self.glyph) or not (is_top or opened.glyph.family is self.glyph.family):
                continue
            skipped = len(reading.stack) - 1 - depth
            cost = (
                reading.cost
                + self.closing
                + self._cost_pair(opened, depth)
                + self._cost_loose_inside(reading) * skipped
            )
            history = self._note_inside(reading, skipped)
            if depth:
                yield _Course(cost, reading.stack[:depth], reading.since, history)
            elif self.at - reading.since <= LONGEST:
                yield _Course(cost, (), 0, self._note("closes", reading, history))

    def _cost_pair(self, opened: _Open, depth: int) -> float:
        """Nobody pairs two marks by mistake where the second may be an inch mark or an apostrophe.

        Where speech would end there within a sentence, it is rather the mark of a 14" screen, of the owners' house.
        depth: how many marks are open around the pair.
        """
        if opened.glyph.family is not self.glyph.family:
            # Behind a letter it is rather an apostrophe, but within another pair.
            can_end = depth or not self.place.before.isalnum() or is_dense(self.place.before)
            return _ACROSS if can_end and self.closing < 1 else NEVER
        is_doubtful = may_be_cut(self.place) if self.glyph.family is Family.SINGLE else may_be_inch(self.place)
        if is_known_pair(opened.glyph, self.glyph):
            return _RATHER_NONE if is_doubtful and opened.is_speech and self.goes_on else 0.0
        return NEVER if is_doubtful or self.place.before.isnumeric() else _WILD_PAIR

    def _note(self, kind: str, reading: _Course, history: _History = None) -> _History:
        return _Event(kind, self.paragraph, self.place.start, self.place.end), history or reading.history

    def _note_inside(self, reading: _Course, count: int) -> _History:
        """That marks within a quotation have no partner: then nobody can tell where it ends.

        An apostrophe of an unknown word is compared with what was said, as all within the quotation is.
        """
        if not count or (self.glyph.family is Family.SINGLE and reading.stack[0].glyph.family is not Family.SINGLE):
            return reading.history
        return self._note("inside", reading)


# ---------------------------------------------------------------- what was read


def _tell(reading: _Course, paragraphs: Sequence[str]) -> Pairing:
    events, history = [], reading.history
    while history is not None:
        event, history = history
        events.append(event)
    pairing, pending, inside = Pairing(), list[_Event](), list[_Event]()
    for event in reversed(events):
        if event.kind == "inside":
            inside.append(event)
        elif event.kind == "reopens":
            pending.append(event)
        elif event.kind == "closes":
            pairing.quotations.append(list(_cut(pending, event, paragraphs)))
            pairing.loose.extend(_find_loose(inside, paragraphs))
            pending, inside = [], []
        else:  # what was open before was never closed
            is_loose = event.kind == "loose"
            pairing.loose.extend(_find_loose([*pending, *([event] if is_loose else [])], paragraphs))
            pending, inside = [] if is_loose else [event], []
    pairing.loose.extend(_find_loose(pending, paragraphs))
    return pairing


def _find_loose(events: Iterable[_Event], paragraphs: Sequence[str]) -> Iterator[Break]:
    for event in events:
        yield Break(event.paragraph, event.start, paragraphs[event.paragraph][event.start : event.end])


def _cut(openings: Sequence[_Event], closing: _Event, paragraphs: Sequence[str]) -> Iterator[MarkedPart]:
    """The parts of a quotation: from each mark that opens it to the end of the paragraph, or to the next mark."""
    for number, opening in enumerate(openings):
        following = openings[number + 1] if number + 1 < len(openings) else closing
        start, outer = opening.end, opening.start
        for index in range(opening.paragraph, following.paragraph):
            yield MarkedPart(index, start, len(paragraphs[index]), outer, len(paragraphs[index]))
            start = outer = 0
        if following is closing:
            yield MarkedPart(closing.paragraph, start, closing.start, outer, closing.end)
        elif paragraphs[following.paragraph][start : following.start].strip():
            yield MarkedPart(following.paragraph, start, following.start, outer, following.start)
