"""The states that rows can be in."""

from enum import IntEnum, StrEnum

CONFIG_WORKSPACE = "config"
"""The workspace of the questions of the config; the others are communities."""


class PostState(StrEnum):
    """due → publishing → published → closed; the others are side ways, each told in `status`."""

    DUE = "due"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    CLOSED = "closed"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    REMOVED = "removed"


class PartState(StrEnum):
    """prepared → sending (the intent, committed before the call) → sent."""

    PREPARED = "prepared"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    REMOVED = "removed"


class AccountState(StrEnum):
    """An unauthorised account waits for a person; the others go on."""

    ACTIVE = "active"
    PAUSED = "paused"
    UNAUTHORIZED = "unauthorized"


class QuestionState(StrEnum):
    """GONE: a question of the config that the config no longer has. WITHDRAWN: taken back.

    PROPOSED: waits for an editor's yes; nothing of it is planned.
    """

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"


class Source(StrEnum):
    """Where a question comes from."""

    CONFIG = "config"
    COMMAND = "command"
    ADOPTED = "adopted"


class Origin(StrEnum):
    """How a reply came to us."""

    COLLECTED = "collected"
    SUBMITTED = "submitted"
    SAVED = "saved"
    IMPORTED = "imported"


class ReplyState(StrEnum):
    """What is known of a reply on its platform. DELETED and PURGED are tombstones: their revisions are empty."""

    STANDING = "standing"
    HIDDEN = "hidden"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    DELETED = "deleted"
    PURGED = "purged"


class ConsentState(StrEnum):
    """PUBLIC_NOTICE: a public post under our notice, on a platform whose policy allows quoting it. PUBLIC_POST: one
    that was not under it, which an editor quotes all the same, by name.

    What an author wishes in their own words, and what no leave is by itself: ASK_FIRST; UNNAMED: without a name; HELD:
    may be a refusal, until an editor has looked; CLEARED: one has, and it is none.
    """

    UNASKED = "unasked"
    ASKED = "asked"
    GRANTED = "granted"
    GRANTED_ANONYMOUSLY = "granted_anonymously"
    GRANTED_WITH_CHANGES = "granted_with_changes"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PUBLIC_NOTICE = "public_notice"
    PUBLIC_POST = "public_post"
    ASK_FIRST = "ask_first"
    UNNAMED = "unnamed"
    HELD = "held"
    CLEARED = "cleared"


class WatchedState(StrEnum):
    """What became of a quote of a watched draft. BARRED: its author takes back that it may be quoted, or hides it."""

    STANDS = "stands"
    EDITED = "edited"
    DELETED = "deleted"
    BARRED = "barred"


class VoteSource(StrEnum):
    """How a vote was given."""

    POLL = "poll"
    BUTTON = "button"


class TallySource(StrEnum):
    """Who counted: the platform, or we our rows."""

    PLATFORM = "platform"
    ROWS = "rows"


class OutgoingState(StrEnum):
    """The same claim as for parts: an intent before the call. TAKEN_BACK: it was sent, and removed again."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    TAKEN_BACK = "taken_back"


class VerdictValue(StrEnum):
    """keep and maybe may be quoted; aside is never deleted."""

    KEEP = "keep"
    MAYBE = "maybe"
    ASIDE = "aside"


class Outcome(StrEnum):
    """What becomes of an answer in a digest for the writer. HELD: barred, as it may be a refusal."""

    USABLE = "usable"
    ASIDE = "aside"
    HELD = "held"
    BARRED = "barred"
    UNJUDGED = "unjudged"
    RANKED_OUT = "ranked_out"


# ---------------------------------------------------------------- sets of posts

UNSENT = (PostState.DUE, PostState.RETRY)
"""Nobody is sending it: it can be stopped, hurried, missed."""
NOT_BEGUN = (*UNSENT, PostState.CANCELLED, PostState.MISSED)
"""Nothing of it went out, unless a part says so: it can be planned anew."""
IN_PROGRESS = (PostState.DUE, PostState.PUBLISHING)
UNCLEAR = (PostState.PUBLISHING, PostState.UNCERTAIN)
"""It may have gone out."""
TRIED = (PostState.RETRY, PostState.UNCERTAIN)
"""Claimed again when its time comes."""
IN_HAND = (*TRIED, PostState.PUBLISHING)
"""It is being sent; published once already where a reminder is added."""
AHEAD = (PostState.DUE, *IN_HAND)
"""It may still go out."""
OPEN = (PostState.PUBLISHED, PostState.INCOMPLETE)
"""It stands and is answered."""
NOT_OVER = (*AHEAD, *OPEN)
"""It goes out or is collected yet."""
OUT = (PostState.PUBLISHED, PostState.CLOSED)
"""All of it went out."""
AS_WANTED = (*OUT, PostState.REMOVED)
COLLECTED = (*OPEN, PostState.CLOSED)
"""It can have replies."""
STOOD = (*COLLECTED, PostState.REMOVED)
"""People could answer it."""
NEVER_SENT = (PostState.FAILED, PostState.MISSED, PostState.CANCELLED)
NOT_SENT = (*NEVER_SENT, *TRIED, PostState.INCOMPLETE, PostState.REMOVED)
"""Told in a digest: it is not out as it should be."""

# ---------------------------------------------------------------- sets of others

BEGUN = (PartState.SENDING, PartState.SENT)
"""Parts that stand on their platform, or may."""
NOT_POSTED = (PartState.REFUSED, PartState.REMOVED)
"""Parts that do not stand there."""
STOOD_PARTS = (PartState.SENT, PartState.REMOVED)
"""Parts that their network showed, the removed ones until then."""
RUNNING = (QuestionState.ACTIVE, QuestionState.PAUSED)
"""Questions that are planned, or will be again."""
TOMBSTONES = (ReplyState.DELETED, ReplyState.PURGED)
"""Replies without words."""
REFUSALS = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
GRANTS = (ConsentState.GRANTED, ConsentState.GRANTED_ANONYMOUSLY)
"""A yes to the very words."""
AGREEMENTS = (*GRANTS, ConsentState.GRANTED_WITH_CHANGES)
DECISIONS = (*AGREEMENTS, *REFUSALS)
"""What an author decided who was asked."""
WISHES = (ConsentState.REFUSED, ConsentState.ASK_FIRST, ConsentState.UNNAMED, ConsentState.HELD)
"""What a reply can say itself; it holds for every wording."""
UNDECIDED = (ConsentState.ASK_FIRST, ConsentState.UNNAMED, ConsentState.HELD, ConsentState.CLEARED)
"""What neither is leave nor takes it: the author can be asked."""
TO_SEND = (OutgoingState.DUE, OutgoingState.RETRY, OutgoingState.SENDING)
"""Outgoings that may still have to be sent."""
MAYBE_SENT = (OutgoingState.SENT, OutgoingState.UNCERTAIN)
"""Outgoings that somebody may have."""


class Bar(StrEnum):
    """What somebody is barred from. KEY is nobody: by this entry the key is known that the others were made with.

    DO_NOT_QUOTE is also a reply that was refused, and that a restored copy does not have.
    """

    ERASED = "erased"
    DO_NOT_QUOTE = "do not quote"
    DO_NOT_ASK = "do not ask"
    KEY = "key"


class PrintKind(IntEnum):
    """What a fingerprint is a hash of: places of a signature, a text without names and numbers, five rare words; a
    sender's address or organisation, an author with what they state, the author of what was imported.
    """

    BAND = 1
    FRAME = 2
    GRAM = 3
    SENDER = 4
    CLAIM = 5
    PERSON = 6
