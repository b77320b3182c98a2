"""May this reply be quoted, in which edition, and if not, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from adapters.contract.capabilities import Capabilities
from storage.states import ConsentState, ReplyState


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
    WAITING = "waiting"  # for the author's leave
    LABEL = "label"  # a label of the profile forbids it in public
    UNREACHED = "unreached"  # nobody could say whether it still stands
    PARTLY_FOREIGN = "partly_foreign"  # must be quoted whole, but quotes somebody else


@dataclass(frozen=True, slots=True)
class QuotingFacts:
    """All that decides about quoting one reply.

    consent: the standing state of its ledger (see `find_current_consent`). asked_out: its author asked, in any
    reply to this question, not to be quoted. refused_elsewhere: the author refused another reply to it, which
    leaves only what was granted on its own. has_foreign_words: it contains text that somebody else wrote. unreached:
    when it was last to be read again, there was no answer. is_public: it was written for everybody.
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


_GONE = {
    ReplyState.DELETED: Barrier.DELETED,
    ReplyState.PURGED: Barrier.PURGED,
    ReplyState.UNREADABLE: Barrier.UNREADABLE,
    ReplyState.HIDDEN: Barrier.HIDDEN,
    ReplyState.BLOCKED: Barrier.BLOCKED,
}
_REFUSALS = {ConsentState.REFUSED: Barrier.REFUSED, ConsentState.WITHDRAWN: Barrier.WITHDRAWN}
_GRANTS = frozenset({ConsentState.GRANTED, ConsentState.GRANTED_ANONYMOUSLY})
_ANSWERS = _GRANTS | {ConsentState.GRANTED_WITH_CHANGES}


def find_barrier(leave: QuotingFacts, capabilities: Capabilities | None, edition: Edition) -> Barrier | None:
    """What forbids quoting in `edition`, or None: it may be quoted.

    capabilities: those of the reply's platform; None where no adapter is known (an import): then the words are
    for the writer's eyes until their author agreed.
    """
    barrier = _find_absolute_barrier(leave) or (Barrier.UNREACHED if leave.unreached else None)
    if barrier is not None:
        return barrier
    if capabilities is not None and capabilities.whole_posts_only and leave.has_foreign_words:
        return Barrier.PARTLY_FOREIGN
    if leave.consent in _GRANTS:
        return None
    if leave.refused_elsewhere:
        return Barrier.NO_QUOTE
    if not leave.is_public or (capabilities is not None and capabilities.consent_first):
        return Barrier.WAITING
    return _find_public_barrier(leave, capabilities) if edition is Edition.PUBLIC else None


def _find_absolute_barrier(leave: QuotingFacts) -> Barrier | None:
    """What holds in every edition: gone, a no of the author, a no of the editor."""
    if leave.state in _GONE:
        return _GONE[leave.state]
    if leave.asked_out:
        return Barrier.NO_QUOTE
    if leave.consent in _REFUSALS:
        return _REFUSALS[leave.consent]
    if leave.opted_out:
        return Barrier.OPTED_OUT
    if leave.do_not_quote:
        return Barrier.DO_NOT_QUOTE
    # Agreed to other words than these; until those are entered there is nothing to quote.
    return Barrier.WAITING if leave.consent is ConsentState.GRANTED_WITH_CHANGES else None


def _find_public_barrier(leave: QuotingFacts, capabilities: Capabilities | None) -> Barrier | None:
    if capabilities is None:
        return None if leave.consent is ConsentState.PUBLIC_NOTICE else Barrier.WAITING
    if leave.labels & capabilities.forbidding_labels:
        return Barrier.LABEL
    return Barrier.WAITING if leave.consent is ConsentState.ASKED else None


def find_current_consent(
    ledger: Sequence[tuple[int, ConsentState]], revision_id: int
) -> tuple[int, ConsentState] | None:
    """Which entry of a reply's ledger stands for its revision `revision_id`: (index, state), or None.

    ledger: (revision id, state) of all its revisions, oldest entry first. A no stands over every wording, and
    over every later entry but a yes; a yes holds for the very wording it was given to.
    """
    standing = None
    for index, (revision, state) in enumerate(ledger):
        refused = standing is not None and standing[1] in _REFUSALS
        if state in _REFUSALS:
            standing = index, state
        elif state in _ANSWERS and refused:
            standing = (index, state) if revision == revision_id else None
        elif revision == revision_id and not refused:
            standing = index, state
    return standing
