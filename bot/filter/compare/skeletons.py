"""Replies that several authors share but for names and numbers: a text to fill in.

Counted in the order of age: the first is nobody's copy and is never lowered, the second little, all further ones
strongly. So whoever comes later cannot hurt what stands before.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.filter.compare.frames import SentenceFrame, find_frames
from bot.filter.compare.introductions import find_introduction
from bot.filter.compare.prints import hash_text
from bot.filter.compare.thread import Thread
from bot.filter.values import CandidateSpan

SENTENCE_WORDS = 5  # that a sentence must keep to be looked for
SHARED_WORDS = 12  # that two texts must keep in common: "I moved from _ to _ in _" is everybody's
SHARED = 0.6  # of the kept words of the longer
MAX_KNOWN = 8  # earlier replies with one sentence


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a reply shares with earlier ones. first: the place of the earliest. others: different authors before it."""

    first: int
    others: int
    span: CandidateSpan | None  # of an introduction; None where the whole text is meant


def find_skeletons(thread: Thread, without: Iterable[int]) -> dict[int, Skeleton]:
    """Return the skeletons by the place of the reply; an introduction counts where the whole text is its own.

    without: places that are explained already.
    """
    explained = set(without)
    frames, users = _Frames(len(thread.replies)), _Users(thread)
    introduced: dict[str, int] = {}
    found: dict[int, Skeleton] = {}
    for place, reply in enumerate(thread.replies):
        if place in explained:
            continue
        first = frames.find_first(place, find_frames(reply)) if len(reply.words) >= SHARED_WORDS else place
        shared = users.add(place, first, None, None)
        introduction = find_introduction(reply)
        if introduction:
            before = introduced.setdefault(introduction.skeleton, place)
            introduced_before = users.add(place, before, introduction.skeleton, introduction.span)
            shared = shared or introduced_before
        if shared:
            found[place] = shared
    return found


class _Users:
    """Who has used a skeleton so far."""

    def __init__(self, thread: Thread) -> None:
        self._thread = thread
        self._authors: dict[tuple[int, str | None], set[str | int]] = {}

    def add(self, place: int, first: int, words: str | None, span: CandidateSpan | None) -> Skeleton | None:
        """Note one more reply with the skeleton of *first*; return who had it before, None where nobody else had."""
        if first == place:
            return None
        author = self._thread.author_of(place)
        known = self._authors.setdefault((first, words), {self._thread.author_of(first)})
        others = len(known - {author})
        known.add(author)
        return Skeleton(first, others, span) if others else None


class _Frames:
    """The sentences of earlier replies, to find those again that share most of them. Numbers alone: there are many."""

    def __init__(self, replies: int) -> None:
        self._places: dict[int, int] = {}  # hash of a sentence → the first reply with it
        self._more: dict[int, list[int]] = {}  # the further ones
        self._kept = [0] * replies  # words of each
        self._firsts = list(range(replies))

    def find_first(self, place: int, sentences: list[SentenceFrame]) -> int:
        """Return the first of the replies that share a frame with this one, perhaps itself; remember this one."""
        kept = self._kept[place] = sum(sentence.kept for sentence in sentences)
        if kept < SHARED_WORDS:
            return place
        shared: dict[int, int] = defaultdict(int)
        for words, count in {sentence.words: sentence.kept for sentence in sentences}.items():
            if count >= SENTENCE_WORDS:
                for other in self._note(hash_text(" ".join(words)), place):
                    shared[other] += count
        alike = (other for other, words in shared.items() if self._is_frame(words, kept, self._kept[other]))
        self._firsts[place] = min((self._firsts[other] for other in alike), default=place)
        return self._firsts[place]

    def _note(self, sentence: int, place: int) -> list[int]:
        """Return the earlier replies with a sentence."""
        first = self._places.setdefault(sentence, place)
        if first == place:
            return []
        more = self._more.setdefault(sentence, [])
        known = [first, *more]
        if len(known) < MAX_KNOWN:
            more.append(place)
        return known

    def _is_frame(self, shared: int, here: int, there: int) -> bool:
        return shared >= SHARED_WORDS and shared >= SHARED * max(here, there)
