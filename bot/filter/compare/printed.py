"""Earlier texts of other questions that share prints with a text: found by an index, never by comparing all with all.

What comes later never counts, so that of two texts the earlier one stays as it is, whichever was read first.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from bot.filter.compare.prints import Prints, hash_text
from bot.filter.values import Likeness, Nearby, PrintedText
from storage.states import PrintKind

REACH = timedelta(days=90)
"""How long a text is remembered when one like it comes in another question."""
SHORTEST = 30  # characters; shorter texts have no prints
MOST = 8  # holders of a print that are looked at, the earliest first
BANDS = 16  # that are kept: of texts with Jaccard .6 at least one agrees in 89 %, with .7 in 98.8 %
MAX_COPIES = 8  # texts that are compared with one
MAX_SHARING = 2  # other authors who may have a run of words that is rare
MIN_GRAMS = 2  # rare runs of words that two texts share: one alone is often a name

HINTING: dict[int, Likeness] = {
    PrintKind.SENDER: Likeness.SENDER,
    PrintKind.CLAIM: Likeness.CLAIM,
    PrintKind.PERSON: Likeness.PERSON,
}
"""What is told of texts that share such a print, and weighs nothing."""

_BAND, _FRAME, _GRAM, _SENDER, _CLAIM = map(
    int, (PrintKind.BAND, PrintKind.FRAME, PrintKind.GRAM, PrintKind.SENDER, PrintKind.CLAIM)
)  # every text has some thirty prints, and members of an enumeration are compared slowly

Print = tuple[int, int]
"""Its kind (`storage.states.PrintKind`) and its hash."""
_Age = tuple[bool, datetime, str]
_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


def list_prints(prints: Prints) -> list[Print]:
    """The prints as they are stored."""
    return [
        (kind, number)
        for kind, numbers in (
            (_BAND, prints.bands[:BANDS]),
            (_FRAME, prints.frames),
            (_GRAM, prints.grams),
            (_SENDER, prints.senders),
            (_CLAIM, prints.claims),
        )
        for number in numbers
    ]


def sign_prints(prints: Collection[Print], author: str | None, *, imported: bool) -> list[Print]:
    """The prints of a text with those of its author: statements are compared with their own alone."""
    signed = [each for each in prints if each[0] != _CLAIM]
    if author is None:
        return signed
    signed += [(kind, hash_text(f"{author} {number}")) for kind, number in prints if kind == _CLAIM]
    return [*signed, (int(PrintKind.PERSON), hash_text(author))] if imported else signed


@dataclass(frozen=True, slots=True)
class _Holders:
    """Who has a print, the earliest first; after[n]: the first after n that is of another question than n."""

    sources: Sequence[PrintedText]
    ages: Sequence[_Age]
    after: Sequence[int]


class PrintIndex:
    """Who has which print."""

    def __init__(self, holders: dict[Print, list[PrintedText]]) -> None:
        self._holders = {each: _order(sources) for each, sources in holders.items()}

    def find(self, own: PrintedText, prints: Collection[Print]) -> tuple[Nearby, ...]:
        """Who of other questions wrote before *own*, and within REACH of it, and shares these prints.

        The best copies, the first of a frame by somebody else, the first with rare runs of words by somebody else; the
        first of each other author that shares a sender, what the same author stated, and the first of theirs elsewhere.
        """
        by_kind: dict[int, list[list[PrintedText]]] = defaultdict(list)
        grams: dict[PrintedText, list[int]] = defaultdict(list)
        for kind, number in sorted([each for each in prints if each in self._holders]):
            found = list(islice(self._list_earlier((kind, number), own), MOST))
            others = [each for each in found if each.author is None or each.author != own.author]
            if kind in HINTING:
                by_kind[kind].append(others if kind == PrintKind.SENDER else found)
            elif kind == PrintKind.GRAM:
                if 0 < count_authors(others) <= MAX_SHARING:
                    for each in others:
                        grams[each].append(number)
            elif found:
                by_kind[kind].append(found if kind == PrintKind.BAND else others)
        near = (*_pick_copies(by_kind[PrintKind.BAND]), *_pick_frame(by_kind[PrintKind.FRAME]), *_pick_grams(grams))
        hints = (_pick_hints(HINTING[kind], by_kind[kind]) for kind in HINTING if kind in by_kind)
        return (*near, *(each for some in hints for each in some))

    def _list_earlier(self, wanted: Print, own: PrintedText) -> Iterator[PrintedText]:
        held = self._holders.get(wanted)
        if held is None:
            return
        place = 0 if own.at is None else bisect_left(held.ages, (False, _begin_of(own.at), ""))
        end = bisect_left(held.ages, sort_by_moment(own))
        while place < end:
            if held.sources[place].question == own.question:
                place = held.after[place]
            else:
                yield held.sources[place]
                place += 1


def sort_by_moment(source: PrintedText) -> _Age:
    """Sort key under which the earliest comes first; what has no moment comes after what has one."""
    return (source.at is None, source.at or _NO_MOMENT, source.name)


def count_authors(sources: Sequence[PrintedText]) -> int:
    """Different authors; two unknown ones are two."""
    known = {source.author for source in sources if source.author is not None}
    return len(known) + sum(source.author is None for source in sources)


def _begin_of(moment: datetime) -> datetime:
    """Whole days of UTC, as the store counts."""
    return datetime.combine(moment.astimezone(UTC).date() - REACH, time(), UTC)


def _order(sources: list[PrintedText]) -> _Holders:
    ordered = sorted(set(sources), key=sort_by_moment)
    after = [len(ordered)] * len(ordered)
    for place in range(len(ordered) - 2, -1, -1):
        same = ordered[place].question == ordered[place + 1].question
        after[place] = after[place + 1] if same else place + 1
    return _Holders(ordered, [sort_by_moment(source) for source in ordered], after)


def _pick_copies(found: list[list[PrintedText]]) -> list[Nearby]:
    agreeing: dict[PrintedText, int] = defaultdict(int)
    for sources in found:
        for source in sources:
            agreeing[source] += 1
    best = sorted(agreeing, key=lambda source: (-agreeing[source], sort_by_moment(source)))[:MAX_COPIES]
    return [Nearby(Likeness.COPY, source, agreeing[source]) for source in best]


def _pick_frame(found: list[list[PrintedText]]) -> list[Nearby]:
    sources = sorted({source for each in found for source in each}, key=sort_by_moment)
    return [Nearby(Likeness.FRAME, sources[0], len(found), count_authors(sources))] if sources else []


def _pick_hints(kind: Likeness, found: list[list[PrintedText]]) -> list[Nearby]:
    """The first of each author who shares a sender, of each question that was answered; every text that states it."""
    firsts: dict[object, PrintedText] = {}
    for source in sorted({source for each in found for source in each}, key=sort_by_moment):
        once = {Likeness.SENDER: source.author or source, Likeness.PERSON: source.question}.get(kind, source)
        firsts.setdefault(once, source)
    return [Nearby(kind, source, 1) for source in list(firsts.values())[:MOST]]


def _pick_grams(found: dict[PrintedText, list[int]]) -> list[Nearby]:
    several = [source for source, grams in found.items() if len(grams) >= MIN_GRAMS]
    ordered = sorted(several, key=lambda source: (-len(found[source]), sort_by_moment(source)))
    return [Nearby(Likeness.GRAM, each, len(found[each]), 1, tuple(sorted(found[each]))) for each in ordered[:1]]
