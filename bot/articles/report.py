"""What was found out about the quotations of an article."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.articles.answers import SourceAnswer
from bot.articles.naming import NamedSpeaker, Naming
from bot.articles.nearest import Near
from bot.articles.quotation import Quotation, UnpairedMark
from bot.quotes import Barrier, Caution, Proof
from storage.replies.current import CurrentReply
from storage.states import ConsentState


class Defect(StrEnum):
    """Why a quotation cannot be printed as it stands."""

    NOT_FOUND = "not_found"  # nobody said anything like it
    OTHER_WORDS = "other_words"  # somebody said nearly that
    EDITED_SINCE = "edited_since"  # its author has changed these words
    DELETED = "deleted"
    NOT_REREAD = "not_reread"  # whether it is still up could not be told
    NO_CONSENT = "no_leave"
    WRONG_NAME = "wrong_name"
    NAMED_AGAINST_WISH = "named_against_wish"  # consent was given without the name
    NOT_WHOLE = "not_whole"  # the network wants posts quoted whole


class LiveState(StrEnum):
    """What a live look at the source found. NOT_READABLE: a form's answer or an import has no place to look at."""

    UP = "up"
    GONE = "gone"
    UNKNOWN = "unknown"
    NOT_READABLE = "not_readable"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """One quotation and what was found about it. answer: who said it, or something near it. barrier: what forbids
    printing it.
    """

    quotation: Quotation
    answer: SourceAnswer | None = None
    proof: Proof | None = None
    warnings: tuple[Caution, ...] = ()
    problems: tuple[Defect, ...] = ()
    barrier: Barrier | None = None
    consent: ConsentState | None = None
    live_state: LiveState = LiveState.NOT_ASKED
    speaker: NamedSpeaker = field(default_factory=lambda: NamedSpeaker(Naming.UNNAMED))
    near: Near | None = None

    @property
    def holds(self) -> bool:
        """Whether it can be printed as it stands."""
        return not self.problems

    @property
    def lacks_name(self) -> bool:
        """Whether it could be printed and nobody can tell from the article who said it, though they may be named."""
        is_named = self.speaker.naming in (Naming.RIGHT, Naming.WRONG)
        return self.holds and not is_named and self.consent is not ConsentState.GRANTED_ANONYMOUSLY

    @property
    def quoted_replies(self) -> list[CurrentReply]:
        """The replies that it quotes; where nothing is proven, the first one of the nearest answer."""
        if self.answer is None:
            return []
        return self.answer.quoted(self.proof.spans) if self.proof else [self.answer.replies[0]]


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """checked: every quotation in order. passed_over: what stands in marks and is no quotation. errors: of the
    accounts that could not be asked. unpaired: marks of which nobody can tell what they quote.
    """

    checked: tuple[CheckedQuotation, ...]
    passed_over: tuple[Quotation, ...]
    at: datetime
    offline: bool
    errors: tuple[str, ...] = ()
    unpaired: tuple[UnpairedMark, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every quotation can be printed as it stands, and it is clear what is quoted."""
        return not self.unpaired and all(each.holds for each in self.checked)
