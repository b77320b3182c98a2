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
    """What a live look at the source found. NOT_READABLE: a form's answer or an import has no place to look at.
    GIVEN: the words were brought for this check.
    """

    UP = "up"
    GONE = "gone"
    UNKNOWN = "unknown"
    NOT_READABLE = "not_readable"
    NOT_ASKED = "not_asked"
    GIVEN = "given"


class Light(StrEnum):
    """How a quotation is shown: it stands; it stands, and somebody should look; it cannot be printed so."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """One quotation and what was found about it. answer: who said it, or something near it. barrier: what forbids
    printing it. vouched_at: since when the writer vouches for it; nothing is proven of it.
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
    vouched_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it can be printed as it stands."""
        return not self.problems

    @property
    def lacks_name(self) -> bool:
        """Whether it could be printed and nobody can tell from the article who said it, though they may be named."""
        is_named = self.speaker.naming in (Naming.RIGHT, Naming.WRONG)
        return (
            self.holds
            and self.vouched_at is None
            and not is_named
            and self.consent is not ConsentState.GRANTED_ANONYMOUSLY
        )

    @property
    def light(self) -> Light:
        """How it is shown at a glance."""
        if self.problems:
            return Light.RED
        return Light.AMBER if self.warnings or self.lacks_name or self.vouched_at else Light.GREEN

    @property
    def can_be_vouched_for(self) -> bool:
        """Whether its writer may know better: nobody was found who said it, and nobody forbids near words."""
        return self.proof is None and self.barrier is None and self.vouched_at is None

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
