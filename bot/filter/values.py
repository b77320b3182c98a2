"""What goes into the filter and what comes out: values only, all of them picklable."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias


class Likeness(StrEnum):
    """What two texts of different questions share: nearly all, all but names and numbers, runs of rare words.

    What only hints: who sends them, a statement of their author, an author who was imported each time.
    """

    COPY = "copy"
    FRAME = "frame"
    GRAM = "gram"
    SENDER = "sender"
    CLAIM = "claim"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A text, and where it stands. name: by which texts of one moment are ordered. reply: as people look it up."""

    question: str
    reply: str
    name: str
    author: str | None
    at: datetime | None
    text: str = ""
    revision: int = 0  # of its wording in the store


@dataclass(frozen=True, slots=True)
class Nearby:
    """An earlier text of another question that shares prints with a wording; with its words it is confirmed.

    shared: how many prints. authors: how many others have the same. grams: which, of Likeness.GRAM.
    """

    kind: Likeness
    source: PrintedText
    shared: int
    authors: int = 1
    grams: tuple[int, ...] = ()


class CandidateSpan(NamedTuple):
    """Characters `start` to `end` of `Candidate.texts[part]`, as it was given."""

    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OtherPassage:
    """Where words of another answer stand, never the words. answer: its id, to the same question; else the revision."""

    span: CandidateSpan
    answer: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An earlier answer to another question of the same workspace, and what it has in common with this one.

    own: its author is known, and the same. authors: how many others share it. here, there: the words that are meant.
    """

    kind: Likeness
    question: str
    reply: str
    own: bool
    at: datetime | None
    authors: int = 1
    here: CandidateSpan | None = None
    there: OtherPassage | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """What is known of who wrote an answer, and of how it came.

    name: as the network shows it. made_at: when the profile was made, where the network tells. imported: brought in by
    mail or file. asked_at: of what was imported, when its question was last posted before it.
    """

    platform: str = ""
    name: str = ""
    made_at: datetime | None = None
    imported: bool = False
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer: the replies that one author chained, each part's text in order.

    `at` is an aware moment. `author` is any stable key; None means unknown, and two unknown authors count as two.
    own: what the phrases and the rules of the installation say of it.
    """

    id: str
    texts: tuple[str, ...]
    author: str | None = None
    at: datetime | None = None
    language: str = ""  # a BCP 47 tag as its network gives it; "" where that says nothing
    own: "tuple[Reason, ...]" = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    profile: AuthorProfile = AuthorProfile()


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """The question as far as the filter reads it. decoys: what a chat model answers to it."""

    text: str
    options: tuple[str, ...] = ()
    language: str = ""
    decoys: tuple[str, ...] = ()


class Reason(NamedTuple):
    """One rule that applied; `weight` is in log-odds, below zero it counts against the answer.

    `detail` is what a sentence for people needs: the words that were found, or the id of the original of a copy.
    others: what it rests on in other answers.
    A tuple: every reply has some twenty, and one is made in a third of the time of a dataclass that is frozen.
    """

    rule: str
    weight: float
    span: CandidateSpan | None
    detail: str = ""
    others: tuple[OtherPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which own score a reply is kept, and from which it can be quoted. None: as the card of the weights says."""

    keep_from: float | None = None
    quotable_from: float | None = None


@dataclass(frozen=True, slots=True)
class OwnPhrases:
    """Phrases of one kind: a reply that has one of them gets this weight, once. weight: in log-odds."""

    kind: str
    weight: float
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterSettings:
    """What an installation sets. weights: a folder; None for the weights that ship. plug_ins: names of entry points."""

    weights: Path | None = None
    thresholds: Thresholds = Thresholds()
    phrases: tuple[OwnPhrases, ...] = ()
    plug_ins: tuple[str, ...] = ()


class FilterVerdict(StrEnum):
    KEEP = "keep"
    MAYBE = "maybe"
    ASIDE = "aside"


class BesideAll(NamedTuple):
    """What is kept of a reply to compare it with all others of its thread, in log-odds: of its length, of its length
    and of what it tells in particular where replies have to be left out.
    """

    always: float
    length: float
    detail: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` runs from 0 (worthless) to 1 (quotable); its log-odds are the sum of the reasons' weights.

    The reasons are ordered: proofs, then the heaviest, then `base`.

    own: the score without what depends on all siblings; the verdict comes from it.
    quotable: whether it is worth an editor's time, what *worth reading* and *enough* count. beside: for when all of its
    thread are known.
    """

    id: str
    verdict: FilterVerdict
    score: float
    reasons: tuple[Reason, ...]
    own: float
    quotable: bool
    beside: BesideAll


@dataclass(frozen=True, slots=True)
class Wording:
    """One reply in its newest wording, as the store has it; `text` None: deleted, or it could not be read."""

    revision_id: int
    platform: str
    remote_id: str
    parent_remote_id: str | None
    author_id: int
    posted_at: datetime
    text: str | None
    language: str = ""  # as its network says it
    author_name: str = ""
    profile_made_at: datetime | None = None
    imported: bool = False
    asked_at: datetime | None = None  # of what was imported: when its question was last posted before it
    near: tuple[Nearby, ...] = ()
    reply_id: int = 0


ReadWordings: TypeAlias = Callable[[], AsyncGenerator[list[Wording], None]]
"""Begins anew all replies of those authors of whom one is to be judged, in batches."""


async def _read_none(*_: object) -> AsyncGenerator[Any, None]:
    nothing: tuple[Any, ...] = ()
    for each in nothing:
        yield each


@dataclass(frozen=True, slots=True)
class StoredThread:
    """What is kept of the answers that were judged before.

    outlines: (reply id, outline) of each, in batches; an empty outline: a part that is no head of an answer.
    words: of some of them, by the id of the head.
    """

    outlines: Callable[[], AsyncGenerator[list[tuple[int, bytes]], None]] = _read_none
    words: Callable[[Sequence[int]], AsyncGenerator[list[Wording], None]] = _read_none


class ThreadMoved(Exception):
    """While a thread was read something of it was written: what was read does not fit together."""


@dataclass(frozen=True, slots=True)
class JudgedWording:
    """What the filter says of one part of an answer. `reasons`: as the store keeps them, a JSON array.

    faults: what went wrong in rules of the installation; the answer was judged without them.
    """

    revision_id: int
    verdict: FilterVerdict
    score: float
    reasons: str
    wish: str  # what its author asks for about being quoted, a `ConsentState`; "" for nothing
    quotable: bool
    faults: tuple[str, ...] = ()
    reply_id: int = 0
    outline: bytes = b""  # what is kept of the answer, beside its head
    beside: str = "[]"  # `Judgement.beside` as JSON
