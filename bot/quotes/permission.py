"""May this reply be quoted, in which edition, and if not, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from adapters.contract.capabilities import Capabilities
from storage.states import GRANTS, ConsentState, ReplyState


class Edition(StrEnum):
    """PRIVATE is for the writer's eyes; PUBLIC is to be shared."""

    PRIVATE = "private"
    PUBLIC = "public"


class Barrier(StrEnum):
    """Why a reply may not be quoted."""

    DELETED = "deleted"
    PURGED = "purged"  # by us, after the retention
    UNREADABLE = "unreadable"
    HIDDEN = "hidden"
    BLOCKED = "blocked"
    NO_QUOTE = "no_quote"  # the author asked to stay out
    HELD = "held"  # it may be a refusal: an editor looks
    ASK_FIRST = "ask_first"  # the author wants to be asked
    FINDABLE = "findable"  # its author is not to be named, and a search finds who it was
    NAMES_ITSELF = "names_itself"  # its author is not to be named, and the words do
    OPTED_OUT = "opted_out"  # the author's profile does
    DO_NOT_QUOTE = "do_not_quote"  # an editor's list
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"  # for the author's consent
    NOT_ASKED = "not_asked"  # a public post that nobody was told may be quoted
    LABEL = "label"  # a label of the profile forbids it in public
    UNREACHED = "unreached"  # it could not be read again where it was written
    PARTLY_FOREIGN = "partly_foreign"  # must be quoted whole, but quotes somebody else


ASKABLE = (Barrier.WAITING, Barrier.NOT_ASKED, Barrier.ASK_FIRST, Barrier.FINDABLE)
"""What the leave of an author takes away."""


@dataclass(frozen=True, slots=True)
class QuotingFacts:
    """All that decides about quoting one reply.

    consent: the current state of its ledger (see `find_current_consent`). asked_out: its author asked, in any
    reply to this question, not to be quoted. refused_elsewhere: the author refused another reply to it, which
    leaves only what was granted on its own. has_foreign_words: it contains text that somebody else wrote. unreached:
    when it was last to be read again, there was no answer. is_public: it was written for everybody. is_under_notice:
    our notice stood when it was written. is_asked: it answers a question that we posted. unnamed: its author is not to
    be named. is_linked: it stands somewhere. names_itself: its words say who wrote it.
    """

    state: ReplyState
    consent: ConsentState | None = None
    labels: frozenset[str] = frozenset()
    opted_out: bool = False
    do_not_quote: bool = False
    asked_out: bool = False
    refused_elsewhere: bool = False
    has_foreign_words: bool = False
    unreached: bool = False
    is_public: bool = True
    is_under_notice: bool = True
    is_asked: bool = True
    unnamed: bool = False
    is_linked: bool = True
    names_itself: bool = False


_GONE = {
    ReplyState.DELETED: Barrier.DELETED,
    ReplyState.PURGED: Barrier.PURGED,
    ReplyState.UNREADABLE: Barrier.UNREADABLE,
    ReplyState.HIDDEN: Barrier.HIDDEN,
    ReplyState.BLOCKED: Barrier.BLOCKED,
}
_REFUSALS = {ConsentState.REFUSED: Barrier.REFUSED, ConsentState.WITHDRAWN: Barrier.WITHDRAWN}
_WAITING = {
    ConsentState.HELD: Barrier.HELD,
    ConsentState.ASK_FIRST: Barrier.ASK_FIRST,
    # Agreed to other words than these; until those are entered there is nothing to quote.
    ConsentState.GRANTED_WITH_CHANGES: Barrier.WAITING,
}
WHY_NOT: Mapping[Barrier, str] = {
    Barrier.DELETED: "its author deleted it",
    Barrier.PURGED: "its words were purged, as nobody had quoted them in time",
    Barrier.UNREADABLE: "its words could not be read",
    Barrier.HIDDEN: "it is hidden where it was written",
    Barrier.BLOCKED: "its author is blocked where it was written",
    Barrier.NO_QUOTE: "its author asked not to be quoted",
    Barrier.HELD: "it may be a refusal: look",
    Barrier.ASK_FIRST: "its author wants to be asked first",
    Barrier.FINDABLE: "its author wants no name, and a search finds these words and their author: ask, or report it in "
    "your words",
    Barrier.NAMES_ITSELF: "its author wants no name, and these words give it away: choose others, or report it in your "
    "words",
    Barrier.OPTED_OUT: "its author's profile asks not to be quoted",
    Barrier.DO_NOT_QUOTE: "its author is on the do-not-quote list",
    Barrier.REFUSED: "its author refused",
    Barrier.WITHDRAWN: "its author withdrew the leave",
    Barrier.WAITING: "its author has not given leave",
    Barrier.NOT_ASKED: "it is a public post, and nobody told its author that it may be quoted",
    Barrier.LABEL: "its author's profile asks not to be shown in public",
    Barrier.UNREACHED: "it could not be read again where it was written",
    Barrier.PARTLY_FOREIGN: "it must be quoted whole, but quotes somebody else",
}
"""Each barrier in words that go on after a colon."""


def find_barrier(facts: QuotingFacts, capabilities: Capabilities | None, edition: Edition) -> Barrier | None:
    """What forbids quoting in `edition`, or None: it may be quoted.

    capabilities: those of the reply's platform; None where no adapter is known (an import): then the words are
    for the writer's eyes until their author agreed.
    """
    barrier = _find_absolute_barrier(facts) or _find_barrier_of_words(facts, capabilities)
    if barrier is not None:
        return barrier
    if facts.consent in GRANTS:
        return None
    if facts.refused_elsewhere:
        return Barrier.NO_QUOTE
    if _needs_leave(facts, capabilities):
        return Barrier.WAITING
    return _find_public_barrier(facts, capabilities) if edition is Edition.PUBLIC else None


def _needs_leave(facts: QuotingFacts, capabilities: Capabilities | None) -> bool:
    """Whether it is quoted in no edition before its author agreed: also where we asked and our notice did not stand."""
    if not facts.is_public or (capabilities is not None and capabilities.consent_first):
        return True
    return capabilities is not None and facts.is_asked and _lacks_notice(facts)


def _lacks_notice(facts: QuotingFacts) -> bool:
    """Whether neither our notice stood above it, nor an editor answers for quoting it as a public post."""
    return not facts.is_under_notice and facts.consent not in (ConsentState.PUBLIC_NOTICE, ConsentState.PUBLIC_POST)


def _find_absolute_barrier(facts: QuotingFacts) -> Barrier | None:
    """What holds in every edition: gone, a no of the author, a no of the editor."""
    if facts.state in _GONE:
        return _GONE[facts.state]
    if facts.asked_out:
        return Barrier.NO_QUOTE
    if facts.consent in _REFUSALS:
        return _REFUSALS[facts.consent]
    if facts.opted_out:
        return Barrier.OPTED_OUT
    if facts.do_not_quote:
        return Barrier.DO_NOT_QUOTE
    return _WAITING.get(facts.consent) if facts.consent else None


def _find_barrier_of_words(facts: QuotingFacts, capabilities: Capabilities | None) -> Barrier | None:
    """What the words stand in the way of: they are not there, not the author's alone, or lead to one who is not to be
    named. Whoever agreed to be quoted without a name knows where they stand.
    """
    if facts.unreached:
        return Barrier.UNREACHED
    if capabilities is not None and capabilities.whole_posts_only and facts.has_foreign_words:
        return Barrier.PARTLY_FOREIGN
    if not facts.unnamed:
        return None
    if facts.names_itself:
        return Barrier.NAMES_ITSELF
    is_findable = facts.is_public and facts.is_linked and not (capabilities is not None and capabilities.consent_first)
    return Barrier.FINDABLE if is_findable and facts.consent is not ConsentState.GRANTED_ANONYMOUSLY else None


def _find_public_barrier(facts: QuotingFacts, capabilities: Capabilities | None) -> Barrier | None:
    if capabilities is None:
        return None if facts.consent is ConsentState.PUBLIC_NOTICE else Barrier.WAITING
    if facts.labels & capabilities.forbidding_labels:
        return Barrier.LABEL
    if facts.consent is ConsentState.ASKED:
        return Barrier.WAITING
    return Barrier.NOT_ASKED if _lacks_notice(facts) else None


def explain_barriers(barriers: Mapping[Edition, Barrier | None]) -> str:
    """Why something may not be quoted, "" where it may; and of what may be in the private edition alone, that too."""
    barrier = barriers[Edition.PUBLIC]
    if barrier is None:
        return ""
    return WHY_NOT[barrier] if barriers[Edition.PRIVATE] else f"for you alone, as {WHY_NOT[barrier]}"
