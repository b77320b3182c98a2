"""May this reply be quoted, in which edition, and if not, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from adapters.contract.capabilities import Capabilities
from storage.states import AGREEMENTS, GRANTS, ConsentState, ReplyState


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
    OPTED_OUT = "opted_out"  # the author's profile does
    DO_NOT_QUOTE = "do_not_quote"  # an editor's list
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"  # for the author's consent
    NOT_ASKED = "not_asked"  # a public post that nobody was told may be quoted
    LABEL = "label"  # a label of the profile forbids it in public
    UNREACHED = "unreached"  # it could not be read again where it was written
    PARTLY_FOREIGN = "partly_foreign"  # must be quoted whole, but quotes somebody else


@dataclass(frozen=True, slots=True)
class QuotingFacts:
    """All that decides about quoting one reply.

    consent: the current state of its ledger (see `find_current_consent`). asked_out: its author asked, in any
    reply to this question, not to be quoted. refused_elsewhere: the author refused another reply to it, which
    leaves only what was granted on its own. has_foreign_words: it contains text that somebody else wrote. unreached:
    when it was last to be read again, there was no answer. is_public: it was written for everybody. is_under_notice:
    our notice stood when it was written. is_asked: it answers a question that we posted.
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


_GONE = {
    ReplyState.DELETED: Barrier.DELETED,
    ReplyState.PURGED: Barrier.PURGED,
    ReplyState.UNREADABLE: Barrier.UNREADABLE,
    ReplyState.HIDDEN: Barrier.HIDDEN,
    ReplyState.BLOCKED: Barrier.BLOCKED,
}
_REFUSALS = {ConsentState.REFUSED: Barrier.REFUSED, ConsentState.WITHDRAWN: Barrier.WITHDRAWN}


def find_barrier(facts: QuotingFacts, capabilities: Capabilities | None, edition: Edition) -> Barrier | None:
    """What forbids quoting in `edition`, or None: it may be quoted.

    capabilities: those of the reply's platform; None where no adapter is known (an import): then the words are
    for the writer's eyes until their author agreed.
    """
    barrier = _find_absolute_barrier(facts) or (Barrier.UNREACHED if facts.unreached else None)
    if barrier is not None:
        return barrier
    if capabilities is not None and capabilities.whole_posts_only and facts.has_foreign_words:
        return Barrier.PARTLY_FOREIGN
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
    # Agreed to other words than these; until those are entered there is nothing to quote.
    return Barrier.WAITING if facts.consent is ConsentState.GRANTED_WITH_CHANGES else None


def _find_public_barrier(facts: QuotingFacts, capabilities: Capabilities | None) -> Barrier | None:
    if capabilities is None:
        return None if facts.consent is ConsentState.PUBLIC_NOTICE else Barrier.WAITING
    if facts.labels & capabilities.forbidding_labels:
        return Barrier.LABEL
    if facts.consent is ConsentState.ASKED:
        return Barrier.WAITING
    return Barrier.NOT_ASKED if _lacks_notice(facts) else None


def find_current_consent(
    ledger: Sequence[tuple[int, ConsentState]], revision_id: int
) -> tuple[int, ConsentState] | None:
    """Which entry of a reply's ledger holds for its revision `revision_id`: (index, state), or None.

    ledger: (revision id, state) of all its revisions, oldest entry first. A no stands over every wording, and
    over every later entry but a yes; a yes holds for the very wording it was given to.
    """
    current = None
    for index, (revision, state) in enumerate(ledger):
        refused = current is not None and current[1] in _REFUSALS
        if state in _REFUSALS:
            current = index, state
        elif state in AGREEMENTS and refused:
            current = (index, state) if revision == revision_id else None
        elif revision == revision_id and not refused:
            current = index, state
    return current
