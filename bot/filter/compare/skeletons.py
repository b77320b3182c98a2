"""Replies that several authors share but for names and numbers: a text to fill in.

Counted in the order of age: the first is nobody's copy and is never lowered, the second little, all further ones
strongly. So whoever comes later cannot hurt what stands before.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from bot.filter.compare.frames import SentenceFrame, find_frames
from bot.filter.compare.introductions import find_introduction
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
    texts, introductions = _Shared(thread), _Shared(thread)
    frames = _Frames()
    found: dict[int, Skeleton] = {}
    for place, reply in enumerate(thread.replies):
        if place in explained:
            continue
        sentences = find_frames(reply)
        alike = frames.find_first(place, sentences)
        shared = texts.add(place, place if alike is None else alike, None)
        introduction = find_introduction(reply)
        if introduction:
            introduced = introductions.add(place, introduction.skeleton, introduction.span)
            shared = shared or introduced
        if shared:
            found[place] = shared
    return found


class _Shared:
    """Who has used a skeleton so far."""

    def __init__(self, thread: Thread) -> None:
        self._thread = thread
        self._firsts: dict[Hashable, int] = {}
        self._authors: dict[Hashable, set[str | int]] = defaultdict(set)

    def add(self, place: int, key: Hashable, span: CandidateSpan | None) -> Skeleton | None:
        """Note one more reply with the skeleton *key*; return who had it before, None where nobody else had."""
        author = self._thread.author_of(place)
        others = len(self._authors[key] - {author})
        self._authors[key].add(author)
        first = self._firsts.setdefault(key, place)
        return Skeleton(first, others, span) if others else None


class _Frames:
    """The sentences of earlier replies, to find those again that share most of them."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._kept: dict[int, int] = {}  # words of each reply
        self._firsts: dict[int, int] = {}

    def find_first(self, place: int, sentences: list[SentenceFrame]) -> int | None:
        """Return the first of the replies that this one shares its frame with, and remember this one."""
        kept = sum(sentence.kept for sentence in sentences)
        if kept < SHARED_WORDS:
            return None
        shared: dict[int, int] = defaultdict(int)
        for words, count in {sentence.words: sentence.kept for sentence in sentences}.items():
            if count >= SENTENCE_WORDS:
                known = self._places[words]
                for other in known:
                    shared[other] += count
                if len(known) < MAX_KNOWN:
                    known.append(place)
        alike = (other for other, words in shared.items() if self._is_frame(words, kept, self._kept[other]))
        first = min((self._firsts[other] for other in alike), default=None)
        self._kept[place] = kept
        self._firsts[place] = place if first is None else first
        return first

    def _is_frame(self, shared: int, here: int, there: int) -> bool:
        return shared >= SHARED_WORDS and shared >= SHARED * max(here, there)
