"""Replies as an editor sees them, with the reasons of their verdicts."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk.errors import Sentence
from bot.digest.selection.noticed import HINTS
from bot.filter.sentences import describe
from bot.filter.values import Reason
from storage.states import ReplyState, VerdictValue


@dataclass(frozen=True, slots=True)
class OtherWords:
    """Words of another reply that a reason rests on too; "" where they may not be shown here."""

    reply: int
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a verdict. weight: in log-odds, below zero against the reply. sentence: goes on after "This
    reply". evidence: the words of the reply that it rests on, "" for none. others: those of other replies.
    reason: None where its words may not be shown.
    """

    rule: str
    weight: float
    sentence: str
    evidence: str
    others: tuple[OtherWords, ...] = ()
    reason: Reason | None = None

    def tell(self, language: str) -> str:
        """The sentence in a language."""
        return self.sentence if self.reason is None else describe(self.reason, language)


@dataclass(frozen=True, slots=True)
class FoundReply:
    """A reply as an editor sees it; `verdict` None: not judged yet. `editor`: who decided, "" for the rules.

    stays: its words may not leave its network without its author's leave, and are not here. why_not: what keeps it from
    being quoted, "" for nothing; barrier: the name of that; for_writer: the private edition may have it. unnamed: its
    author is not named. wish: its words about being quoted. ranked_out: not worth reading by the estimate. said_by: how
    many say nearly this.
    """

    id: int
    question: str
    author: str
    handle: str
    platform: str
    posted_at: datetime
    link: str
    state: ReplyState
    text: str | None
    verdict: VerdictValue | None
    score: float | None
    reasons: tuple[Why, ...]
    editor: str
    note: str
    stays: bool = False
    may_be_quoted: bool = False
    why_not: str = ""
    barrier: str = ""
    for_writer: bool = False
    unnamed: bool = False
    wish: str = ""
    ranked_out: bool = False
    said_by: int = 1

    @property
    def told_barrier(self) -> Sentence | None:
        """What keeps it from being quoted, to be told in any language."""
        if not self.barrier:
            return None
        why = Sentence(f"face.review.barriers.{self.barrier}", {})
        return Sentence("refused.for_writer", {"why": why}) if self.for_writer else why

    @property
    def top_reason(self) -> Why | None:
        """The heaviest reason that speaks for the verdict."""
        sign = {VerdictValue.KEEP: 1, VerdictValue.ASIDE: -1}.get(self.verdict) if self.verdict else None
        return next((reason for reason in self.reasons if sign is None or reason.weight * sign > 0), None)

    @property
    def hints(self) -> tuple[Why, ...]:
        """What was noticed and says nothing about what the reply is worth, each once."""
        found = {each.sentence: each for each in self.reasons if each.rule.startswith(HINTS)}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class FoundReplies:
    """A page of what was searched for. total: how many there are on all pages."""

    replies: tuple[FoundReply, ...]
    total: int
