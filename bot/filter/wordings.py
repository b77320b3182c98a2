"""From the wordings of the store to judgements of each: grouped into answers, judged, written as JSON. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.filter.compare.elsewhere import confirm, pick_heaviest
from bot.filter.compare.printed import Print, list_prints
from bot.filter.compare.thread import ReadAnswer, arrange_thread, read_answers
from bot.filter.hints.elsewhere import make_all_prints
from bot.filter.judging import SHIPPED, judge_thread
from bot.filter.outlines.outline import hash_self, make_outlines, note_known, read_outlines, sort_outlines
from bot.filter.outlines.relations import Relations, relate
from bot.filter.own.phrases import find_own_phrases
from bot.filter.own.plug_ins import run_plug_ins
from bot.filter.rules.text import prepare
from bot.filter.values import (
    AuthorProfile,
    Candidate,
    Elsewhere,
    FilterSettings,
    JudgedQuestion,
    JudgedWording,
    Judgement,
    OtherPassage,
    Reason,
    ThreadMoved,
    Wording,
)
from bot.quotes import find_wish, group_answers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


AT_ONCE, SHARE = 1_000, 0.01
"""Answers that are judged together: so many, or this share of a thread. Of all others no more is held than the outlines
of the thread, and the words of what is new."""


def judge_wordings(
    asked: JudgedQuestion,
    wordings: Iterable[Wording],
    settings: FilterSettings = FilterSettings(),  # noqa: B008  # frozen
) -> list[JudgedWording]:
    """Judge all answers to one question; each part that can be read gets the judgement of its answer."""
    job = ThreadJob(asked, settings)
    job.new.extend(wordings)
    return [judged for _ in job.plan() for judged in job.judge()]


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer with its parts that can be read. faults: what went wrong in rules of the installation."""

    parts: tuple[Wording, ...]
    candidate: Candidate
    faults: tuple[str, ...] = ()


class ThreadJob:
    """Judges what is new in a thread, and what that changes; of all else it needs the outlines alone.

    Fill `new` and `outlines`. For each slice that plan() gives fill `words` with the answers that it names, and call
    judge().
    """

    def __init__(self, asked: JudgedQuestion, settings: FilterSettings) -> None:
        self._asked = asked
        self._settings = settings
        self.new: list[Wording] = []
        self.outlines: dict[int, bytes] = {}
        self.words: list[Wording] = []
        self._answers: dict[int, _Answer] = {}  # of what is new, by the id of the head
        self._plain: set[int] = set()  # those of them that say nothing twice
        self._read: dict[int, ReadAnswer] = {}  # of some of them
        self._heads: list[int] = []  # of all answers, in the order of their age
        self._packed: list[bytes] = []  # their outlines

    def plan(self) -> Iterator[list[int]]:
        """Find out who is to be judged and with whom they are compared. Yields, of some of them after the others, the
        heads whose words judging those takes.
        """
        held = self._take_new()
        named = [*held, *((head, outline) for head, outline in self.outlines.items() if outline)]
        self.outlines = {}
        order = sort_outlines([outline for _, outline in named]) if named else []
        self._heads = [named[number][0] for number in order]
        self._packed = [named[number][1] for number in order]
        del held, named
        if not order:
            return
        table = read_outlines(self._packed)
        self._relations: Relations = relate(table)
        slices = self._relations.part(table.known != self._relations.inputs, max(AT_ONCE, round(SHARE * len(order))))
        del table, order
        for self._wanted in slices:
            self._context: NDArray[np.bool_] = self._relations.find_context(self._wanted)
            yield [self._heads[place] for place in self._list_context() if self._heads[place] not in self._answers]

    def _list_context(self) -> list[int]:
        found: list[int] = self._context.nonzero()[0].tolist()
        return found

    def _take_new(self) -> list[tuple[int, bytes]]:
        """Those answers of `new` that are not known yet as they are now, with their outlines; the others stay."""
        answers = {_find_head(parts): parts for parts in _group(self.new)}
        kept = {head for head, parts in answers.items() if self._is_known(head, parts)}
        for reply_id in {each.reply_id for each in self.new} - kept:
            self.outlines.pop(reply_id, None)
        self.new = []
        for head, parts in answers.items():
            if head not in kept:
                self._answers[head] = _make_answer(self._asked, parts, self._settings)
        held: list[tuple[int, bytes]] = []
        heads = list(self._answers)
        for some in (heads[start : start + AT_ONCE] for start in range(0, len(heads), AT_ONCE)):
            candidates = [self._answers[head].candidate for head in some]
            read = read_answers(self._asked, candidates)
            outlines = make_outlines([each.reply for each in read], [each.whole for each in read], candidates)
            held += zip(some, outlines, strict=True)
            self._plain.update(head for head, each in zip(some, read, strict=True) if each.reply is each.whole)
            self._read = self._read or dict(zip(some, read, strict=True))  # most often these are all
        return held

    def _is_known(self, head: int, parts: Sequence[Wording]) -> bool:
        outline = self.outlines.get(head)
        if not outline or any(part.reply_id not in self.outlines for part in parts):
            return False
        return _fits(outline, _make_context(parts).candidate)

    def judge(self) -> list[JudgedWording]:
        """Judge those of a slice. Raises ThreadMoved where words do not fit the outlines."""
        places = self._list_context()
        answers = self._take_words(places)
        read, self._read = [self._read.get(head) or self._read_anew(head, each) for head, each in answers.items()], {}
        beside = self._relations.stand_beside(self._wanted, self._context)
        thread = arrange_thread(self._asked, read, self._settings.weights or SHIPPED, beside)
        wanted = [number for number, place in enumerate(places) if self._wanted[place]]
        judged = judge_thread(thread, wanted, self._settings.thresholds)
        known = [places[number] for number in wanted]
        outlines = note_known([self._packed[place] for place in known], self._relations.inputs[known].tolist())
        by_id = {each.candidate.id: each.parts for each in answers.values()}
        return [
            each
            for place, judgement, outline in zip(known, judged, outlines, strict=True)
            for each in _spread(answers[self._heads[place]], judgement, outline, by_id)
        ]

    def _read_anew(self, head: int, answer: _Answer) -> ReadAnswer:
        if head in self._plain:
            whole = prepare(answer.candidate.texts)
            return ReadAnswer(answer.candidate, whole, whole)
        return read_answers(self._asked, [answer.candidate])[0]

    def _take_words(self, places: Sequence[int]) -> dict[int, _Answer]:
        """The answers at these places, in this order."""
        given = {_find_head(parts): parts for parts in _group(self.words)}
        self.words = []
        taken: dict[int, _Answer] = {}
        for place in places:
            head = self._heads[place]
            if head in self._answers:
                taken[head] = self._answers[head]
                continue
            if head not in given or not _fits(self._packed[place], _make_context(given[head]).candidate):
                raise ThreadMoved
            parts = given[head]
            is_judged = self._wanted[place]
            taken[head] = _make_answer(self._asked, parts, self._settings) if is_judged else _make_context(parts)
        return taken


def _group(wordings: Iterable[Wording]) -> Iterator[tuple[Wording, ...]]:
    grouped = (tuple(part for part in parts if part.text is not None) for parts in group_answers(wordings))
    return (parts for parts in grouped if parts)


def _find_head(parts: Sequence[Wording]) -> int:
    """Without an id of the store each wording stands for itself."""
    return parts[0].reply_id or -1 - parts[0].revision_id


def _fits(outline: bytes, candidate: Candidate) -> bool:
    return int(read_outlines([outline]).selves[0]) == hash_self(candidate)


def print_texts(texts: Iterable[str]) -> list[list[Print]]:
    """The prints of each text."""
    return [list_prints(each) for each in make_all_prints([prepare((text,)) for text in texts])]


def _make_answer(asked: JudgedQuestion, parts: tuple[Wording, ...], settings: FilterSettings) -> _Answer:
    """The answer with what the installation's own rules say of it, and what went wrong in them."""
    texts = tuple(part.text or "" for part in parts)
    said, faults = run_plug_ins(settings.plug_ins, texts, asked.text)
    own = (*find_own_phrases(texts, settings.phrases), *said)
    author = str(parts[0].author_id)
    found = [
        _place(each, number)
        for number, part in enumerate(parts)
        if part.near
        for each in confirm(asked, part.text or "", author, part.near)
    ]
    return _Answer(parts, _make_candidate(parts, own, pick_heaviest(found)), tuple(faults))


def _place(found: Elsewhere, part: int) -> Elsewhere:
    """The same with its words in the part of the answer that they stand in."""
    return found if found.here is None else replace(found, here=found.here._replace(part=part))


def _make_context(parts: Sequence[Wording]) -> _Answer:
    """An answer with which others are compared."""
    return _Answer(tuple(parts), _make_candidate(parts))


def _make_candidate(
    parts: Sequence[Wording], own: tuple[Reason, ...] = (), elsewhere: tuple[Elsewhere, ...] = ()
) -> Candidate:
    head = parts[0]
    texts = tuple(part.text or "" for part in parts)
    identity = f"{head.platform}:{head.remote_id}"
    profile = AuthorProfile(head.platform, head.author_name, head.profile_made_at, head.imported, head.asked_at)
    return Candidate(identity, texts, str(head.author_id), head.posted_at, head.language, own, elsewhere, profile)


def _spread(
    answer: _Answer, judgement: Judgement, outline: bytes, by_id: Mapping[str, tuple[Wording, ...]]
) -> Iterator[JudgedWording]:
    parts = answer.parts
    reasons = json.dumps([_write_reason(reason, parts, by_id) for reason in judgement.reasons])
    beside = json.dumps(judgement.beside)
    for part in parts:
        yield JudgedWording(
            part.revision_id,
            judgement.verdict,
            judgement.score,
            reasons,
            find_wish(part.text) or "",
            judgement.quotable,
            answer.faults,
            part.reply_id,
            outline if part is parts[0] else b"",
            beside,
        )


def _write_reason(
    reason: Reason, parts: tuple[Wording, ...], by_id: Mapping[str, tuple[Wording, ...]]
) -> dict[str, Any]:
    """Return a reason as JSON; its spans name the revisions that they are in."""
    entry: dict[str, Any] = {"rule": reason.rule, "weight": reason.weight, "detail": reason.detail}
    if reason.span is not None:
        revision_id = parts[reason.span.part].revision_id
        entry |= {"revision": revision_id, "start": reason.span.start, "end": reason.span.end}
    if reason.others:
        entry["others"] = [_write_passage(other, by_id) for other in reason.others]
    return entry


def _write_passage(other: OtherPassage, by_id: Mapping[str, tuple[Wording, ...]]) -> dict[str, int]:
    revision_id = by_id[other.answer][other.span.part].revision_id if other.answer else other.revision
    return {"revision": revision_id, "start": other.span.start, "end": other.span.end}
