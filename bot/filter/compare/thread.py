"""All replies to one question, as comparisons read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.filter.compare.own_words import keep_own_words
from bot.filter.languages import find_language
from bot.filter.rules.text import Prepared, prepare
from bot.filter.values import Candidate, JudgedQuestion, Reason

_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thread:
    """The answers to one question in the order of `sort_by_age`, each with its text made readable."""

    asked: JudgedQuestion
    candidates: tuple[Candidate, ...]
    replies: tuple[Prepared, ...]  # what each says once and by itself
    wholes: tuple[Prepared, ...]
    languages: tuple[str, ...]  # of each reply, ISO 639-1; "" where it is not known
    weights: Path  # the folder of the weights that were fitted
    places: tuple[int, ...]  # where in them each answer stands, in the order in which they were given

    def author_of(self, number: int) -> str | int:
        """Who wrote an answer; of an unknown author a number that nobody else has."""
        author = self.candidates[number].author
        return number if author is None else author


Comparison = Callable[[Thread], Sequence[Sequence[Reason]]]
"""Answers with the terms of each reply of the thread, in its order."""


def form_thread(asked: JudgedQuestion, candidates: Sequence[Candidate], weights: Path) -> Thread:
    """A thread in which the order of arrival plays no part."""
    order = sorted(range(len(candidates)), key=lambda number: sort_by_age(candidates[number]))
    places = dict(zip(order, range(len(order)), strict=True))
    ordered = tuple(candidates[number] for number in order)
    wholes = tuple(prepare(candidate.texts) for candidate in ordered)
    replies = tuple(keep_own_words(whole, asked) for whole in wholes)
    languages = tuple(find_language(reply.text) for reply in replies)
    return Thread(
        asked, ordered, replies, wholes, languages, weights, tuple(places[number] for number in range(len(candidates)))
    )


def take_own(thread: Thread) -> list[list[Reason]]:
    """What the phrases and the rules of the installation said of each reply."""
    return [list(candidate.own) for candidate in thread.candidates]


def sort_by_age(candidate: Candidate) -> tuple[bool, datetime, str, tuple[str, ...], str]:
    """Sort key under which the earliest comes first; what has no moment comes after what has one."""
    return (candidate.at is None, candidate.at or _NO_MOMENT, candidate.id, candidate.texts, candidate.author or "")
