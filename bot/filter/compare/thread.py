"""All replies to one question, as comparisons read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.filter.compare.own_words import keep_own_words
from bot.filter.languages import find_language
from bot.filter.outlines.outline import make_outlines, read_outlines
from bot.filter.outlines.relations import Beside, relate
from bot.filter.rules.text import Prepared, prepare
from bot.filter.values import Candidate, JudgedQuestion, Reason

_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
ALONE = Beside({}, {}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer with its text made readable. reply: what it says once and by itself."""

    candidate: Candidate
    whole: Prepared
    reply: Prepared


@dataclass(frozen=True, slots=True)
class Thread:
    """Answers to one question in the order of `sort_by_age`, each with its text made readable."""

    asked: JudgedQuestion
    candidates: tuple[Candidate, ...]
    replies: tuple[Prepared, ...]  # what each says once and by itself
    wholes: tuple[Prepared, ...]
    languages: tuple[str, ...]  # of each reply, ISO 639-1; "" where it is not known
    weights: Path  # the folder of the weights that were fitted
    places: tuple[int, ...]  # where in them each answer stands, in the order in which they were given
    beside: Beside  # who is compared with whom

    def author_of(self, number: int) -> str | int:
        """Who wrote an answer; of an unknown author a number that nobody else has."""
        author = self.candidates[number].author
        return number if author is None else author

    def pick(self, wanted: Sequence[int]) -> "Thread":
        """Some of the answers, each for itself alone."""
        return Thread(
            self.asked,
            tuple(self.candidates[place] for place in wanted),
            tuple(self.replies[place] for place in wanted),
            tuple(self.wholes[place] for place in wanted),
            tuple(self.languages[place] for place in wanted),
            self.weights,
            tuple(range(len(wanted))),
            ALONE,
        )


Comparison = Callable[[Thread], Sequence[Sequence[Reason]]]
"""Answers with the terms of each reply of the thread, in its order."""


def form_thread(asked: JudgedQuestion, candidates: Sequence[Candidate], weights: Path) -> Thread:
    """All answers to a question, in which the order of arrival plays no part."""
    order = sorted(range(len(candidates)), key=lambda number: sort_by_age(candidates[number]))
    answers = read_answers(asked, [candidates[number] for number in order])
    places = dict(zip(order, range(len(order)), strict=True))
    outlines = make_outlines(
        [each.reply for each in answers], [each.whole for each in answers], [each.candidate for each in answers]
    )
    beside = relate(read_outlines(outlines)).stand_beside_all() if len(answers) > 1 else ALONE
    return arrange_thread(asked, answers, weights, beside, [places[number] for number in range(len(candidates))])


def read_answers(asked: JudgedQuestion, candidates: Sequence[Candidate]) -> list[ReadAnswer]:
    wholes = [prepare(candidate.texts) for candidate in candidates]
    return [
        ReadAnswer(candidate, whole, keep_own_words(whole, asked))
        for candidate, whole in zip(candidates, wholes, strict=True)
    ]


def arrange_thread(
    asked: JudgedQuestion, answers: Sequence[ReadAnswer], weights: Path, beside: Beside, places: Sequence[int] = ()
) -> Thread:
    """Answers, in the order of their age, with who stands beside whom."""
    return Thread(
        asked,
        tuple(each.candidate for each in answers),
        tuple(each.reply for each in answers),
        tuple(each.whole for each in answers),
        tuple(find_language(each.reply.text) for each in answers),
        weights,
        tuple(places),
        beside,
    )


def take_own(thread: Thread) -> list[list[Reason]]:
    """What the phrases and the rules of the installation said of each reply."""
    return [list(candidate.own) for candidate in thread.candidates]


def sort_by_age(candidate: Candidate) -> tuple[bool, datetime, str, tuple[str, ...], str]:
    """Sort key under which the earliest comes first; what has no moment comes after what has one."""
    return (candidate.at is None, candidate.at or _NO_MOMENT, candidate.id, candidate.texts, candidate.author or "")
