"""How old a profile was, how soon an answer came, and on how many subjects its author was brought in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.filter.compare.thread import Thread
from bot.filter.rules.text import WORD, Prepared
from bot.filter.values import Candidate, Likeness, Reason

NEW = timedelta(days=14)  # from the making of a profile to its answer
QUICK = timedelta(minutes=10)  # from the asking to an answer that was sent in
QUICK_WORDS = 40  # fewer are typed at once
SUBJECTS = 3  # besides the question answered
_STEM = 5  # letters: tomato and tomatoes are one subject
_SHORTEST = 4  # letters of a word that names a subject


def compare_profiles(thread: Thread) -> Sequence[Sequence[Reason]]:
    """What each answer's profile and time say, for which no other answer to the question is looked at."""
    return [
        [*_tell_age(candidate), *_tell_speed(candidate, whole), *_tell_subjects(candidate)]
        for candidate, whole in zip(thread.candidates, thread.wholes, strict=True)
    ]


def _tell_age(candidate: Candidate) -> Iterator[Reason]:
    made_at = candidate.profile.made_at
    if made_at is not None and candidate.at is not None and timedelta(0) <= candidate.at - made_at < NEW:
        yield Reason("new_profile", 0.0, None, str((candidate.at - made_at).days))


def _tell_speed(candidate: Candidate, whole: Prepared) -> Iterator[Reason]:
    """Of what was sent in alone: on a server, regulars answer at once."""
    asked_at = candidate.profile.asked_at
    if not candidate.profile.imported or asked_at is None or candidate.at is None:
        return
    passed = candidate.at - asked_at
    if timedelta(0) <= passed <= QUICK and len(whole.words) >= QUICK_WORDS:
        yield Reason("quick_answer", 0.0, None, str(int(passed.total_seconds() // 60)))


def _tell_subjects(candidate: Candidate) -> Iterator[Reason]:
    """Of what was sent in alone: on a server, regulars answer everything."""
    slugs = sorted({each.question for each in candidate.elsewhere if each.kind is Likeness.PERSON})
    subjects = _list_subjects(slugs)
    if len(subjects) >= SUBJECTS:
        yield Reason("many_subjects", 0.0, None, ", ".join(subjects))


def _list_subjects(slugs: Sequence[str]) -> list[str]:
    """Of questions whose names share a word the first."""
    seen: set[str] = set()
    subjects: list[str] = []
    for slug in slugs:
        stems = {word[:_STEM] for word in WORD.findall(slug.lower()) if len(word) >= _SHORTEST}
        if seen.isdisjoint(stems):
            subjects.append(slug)
        seen |= stems
    return subjects
