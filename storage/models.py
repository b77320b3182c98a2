"""All tables, in the words of docs/words.md: question, target, post, part, reply, revision, verdict, consent."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage import states
from storage.states import CONFIG_WORKSPACE
from storage.types import StoredReason, UtcDateTime, string_enum

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""A moment that has come, whatever the clock says."""
PUBLIC = "public"
"""The audience of what everybody may read."""


class Base(DeclarativeBase):
    """Types by annotation; every constraint has a name, so that a migration can change it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        states.PostState: string_enum(states.PostState),
        states.PartState: string_enum(states.PartState),
        states.AccountState: string_enum(states.AccountState),
        states.QuestionState: string_enum(states.QuestionState),
        states.Source: string_enum(states.Source),
        states.Origin: string_enum(states.Origin),
        states.ReplyState: string_enum(states.ReplyState),
        states.ConsentState: string_enum(states.ConsentState),
        states.VoteSource: string_enum(states.VoteSource),
        states.TallySource: string_enum(states.TallySource),
        states.OutgoingState: string_enum(states.OutgoingState),
        states.VerdictValue: string_enum(states.VerdictValue),
        states.Bar: string_enum(states.Bar),
        states.Outcome: string_enum(states.Outcome),
        states.WatchedState: string_enum(states.WatchedState),
    }


# ---------------------------------------------------------------- who posts


class Account(Base):
    """One configured login on one platform; `name` is its key in the config."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    platform: Mapped[str]
    remote_id: Mapped[str | None]
    handle: Mapped[str | None]
    state: Mapped[states.AccountState] = mapped_column(default=states.AccountState.ACTIVE)
    state_reason: Mapped[str] = mapped_column(StoredReason, default="")
    retry_at: Mapped[datetime | None]  # nothing is sent before this
    read_retry_at: Mapped[datetime | None]  # and nothing read before this
    collect_at: Mapped[datetime | None]  # the next collection; a hint brings it forward
    collected_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)  # in a row, for the back-off
    refusals: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # of the login, in a row, when something is sent
    read_refusals: Mapped[int] = mapped_column(default=0, server_default="0")  # and when something is read


class Mark(Base):
    """Where a collection goes on; committed with the page that made it safe."""

    __tablename__ = "marks"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Spending(Base):
    """What calls cost, by account, unit and UTC day (`2026-11-23`). micros: millionths of a dollar, as priced then."""

    __tablename__ = "spendings"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(default=0)
    micros: Mapped[int] = mapped_column(BigInteger, default=0)


class Billed(Base):
    """What was billed on a UTC day: to read it again on that day is free. Gone when the day is over."""

    __tablename__ = "billed"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    remote_id: Mapped[str] = mapped_column(primary_key=True)


# ---------------------------------------------------------------- what is asked


class Question(Base):
    """Its identity is the slug within its workspace; its content stands in versions."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("workspace", "slug"),
        Index("ix_questions_changed_at", "changed_at", "judged_at", "judged_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(default=CONFIG_WORKSPACE)
    slug: Mapped[str]
    source: Mapped[states.Source]
    state: Mapped[states.QuestionState] = mapped_column(default=states.QuestionState.ACTIVE)
    state_reason: Mapped[str] = mapped_column(StoredReason, default="")
    paused_reason: Mapped[str] = mapped_column(StoredReason, default="")  # of a pause when it left the config
    created_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str] = mapped_column(default="")  # the hash of the rules, and that of what was asked
    changed_at: Mapped[datetime | None]  # last change of its replies, for the filter
    counted_by: Mapped[str] = mapped_column(default="", server_default="")  # by what its replies were counted
    asked_by: Mapped[str] = mapped_column(default="")  # who wrote it in a community
    decoys: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # what editors added: {text, by, at}


class QuestionVersion(Base):
    """One wording and schedule; `content` is `Content` as JSON. A schedule is planned from `seen_at`."""

    __tablename__ = "question_versions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str]
    seen_at: Mapped[datetime]


class UnsentForm(Base):
    """A form that was filled in and waits for its asker's yes; `filled`: what stood in its fields."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    by: Mapped[str]
    filled: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    taken_at: Mapped[datetime | None]  # when it became a question


class Target(Base):
    """Question × account × place. `planned_until`: occurrences up to here are rows. `plan_at`: when the next one is
    due, `AT_ONCE` where that is to be found out, None where none comes any more.
    """

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("question_id", "account_id", "place"), Index("ix_targets_plan_at", "plan_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    planned_until: Mapped[datetime | None]
    plan_at: Mapped[datetime | None] = mapped_column(default=AT_ONCE, server_default="1970-01-01 00:00:00.000000")


class Post(Base):
    """A target at one occurrence, the nominal local time as text; `due_at` is derived from it."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("target_id", "occurrence"),
        Index("ix_posts_state_due_at", "state", "due_at"),
        Index("ix_posts_state_collect_until", "state", "collect_until"),
        Index("ix_posts_state_counted_at", "state", "counted_at"),
        Index("ix_posts_state_closed_at_closes_at", "state", "closed_at", "closes_at"),
        Index("ix_posts_digested_at", "digested_at", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("targets.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    occurrence: Mapped[str]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]  # the end of the grace: after it, missed
    state: Mapped[states.PostState]
    state_reason: Mapped[str] = mapped_column(StoredReason, default="")
    retry_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)
    adopted: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    digested_at: Mapped[datetime | None]  # when its final digest was written
    collect_until: Mapped[datetime | None]  # the grace after the close
    counted: Mapped[int | None]  # the platform's own reply count
    missing: Mapped[int | None]  # how many of those are not stored
    asker_replies: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by who asked: remote id → parent's
    counted_at: Mapped[datetime | None]


class PostPart(Base):
    """One call of a post: committed with its exact payload before it is sent."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("post_id", "position"), UniqueConstraint("key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    position: Mapped[int]
    role: Mapped[str]
    key: Mapped[str]
    payload: Mapped[dict[str, Any]]
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[states.PartState] = mapped_column(default=states.PartState.PREPARED)
    intent_at: Mapped[datetime | None]
    looked: Mapped[int] = mapped_column(default=0)  # complete, empty look-ups since the intent
    sends: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    remote_id: Mapped[str | None] = mapped_column(index=True)
    link: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    has_notice: Mapped[bool] = mapped_column(default=False)  # the line that replies may be quoted stands in it
    stood_at: Mapped[datetime | None]  # when its network last showed it, where that was asked
    gone_at: Mapped[datetime | None]  # when it was found gone there


# ---------------------------------------------------------------- what is answered


class Author(Base):
    """One profile on one platform; joined to others only by that person's word."""

    __tablename__ = "authors"
    __table_args__ = (UniqueConstraint("platform", "remote_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    remote_id: Mapped[str]
    handle: Mapped[str] = mapped_column(default="")
    display_name: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    labels: Mapped[list[Any]] = mapped_column(default=list)
    evidence: Mapped[list[Any]] = mapped_column(default=list)  # (kind, detail) as of `seen_at`
    made_at: Mapped[datetime | None]  # when the profile was made, where its network tells
    opted_out: Mapped[bool] = mapped_column(default=False)
    do_not_quote: Mapped[bool] = mapped_column(default=False)
    do_not_quote_reason: Mapped[str | None] = mapped_column(StoredReason)
    do_not_quote_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]


class GuildMembership(Base):
    """A community that an account is or was in. What was said there is erased some time after `left_at`."""

    __tablename__ = "guilds"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    remote_id: Mapped[str] = mapped_column(primary_key=True)
    left_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Barred(Base):
    """Who had themselves erased, is not to be quoted, or not to be asked. `name`: a keyed hash of their profile, from
    which it cannot be read (storage/erasing/barred.py).
    """

    __tablename__ = "barred"

    name: Mapped[str] = mapped_column(primary_key=True)
    bar: Mapped[states.Bar] = mapped_column(primary_key=True)


class Reply(Base):
    """What someone wrote to a question. Its words stand in revisions and nowhere else."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("question_id", "platform", "remote_id"),
        Index("ix_replies_platform_remote_id", "platform", "remote_id"),
        Index("ix_replies_post_id", "post_id"),
        Index("ix_replies_question_id_source_id", "question_id", "source_id"),
        Index("ix_replies_seen_at", "seen_at", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    platform: Mapped[str]
    remote_id: Mapped[str]
    parent_remote_id: Mapped[str | None]
    link: Mapped[str] = mapped_column(default="")
    origin: Mapped[states.Origin]
    state: Mapped[states.ReplyState] = mapped_column(default=states.ReplyState.STANDING)
    posted_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]  # the last re-read that gave an answer
    unknown_at: Mapped[datetime | None]  # the last re-read that gave none, since then: not quoted today
    audience: Mapped[str] = mapped_column(default=PUBLIC)  # for whom it was written; else consent comes first
    source: Mapped[str] = mapped_column(default="")  # of an import: the file it came from, or what it was called
    source_id: Mapped[str] = mapped_column(default="")  # the id that it has there
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Revision(Base):
    """One wording of a reply. Number 1 is never changed; a deletion empties all (`emptied_at`)."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("reply_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    number: Mapped[int]
    text: Mapped[str | None]
    original: Mapped[str | None]  # the markup that `text` was made of
    version: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    foreign: Mapped[list[Any]] = mapped_column(default=list)
    seen_at: Mapped[datetime]
    emptied_at: Mapped[datetime | None]


class Fingerprint(Base):
    """What a newest wording is found again by in other questions: a hash a row, `storage.states.PrintKind`.

    Made of somebody's words, it goes where they go. The key is the index by which it is looked up.
    """

    __tablename__ = "fingerprints"
    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True, index=True)


class CountedReply(Base):
    """What the rules of quoting made of a reply's newest wording when it last changed: for counts, lists and searches.

    verdict, score, ranked_out, barrier, decided (by an editor), first_hand (say the rules): its own. Of the first reply
    of an answer alone: round, outcome (of a digest for the writer), and where it waits for a look, `waits`
    (`storage.search.counted`) and rank, minus its score.
    """

    __tablename__ = "counted_replies"
    __table_args__ = (
        Index("ix_counted_replies_question_id_round_outcome", "question_id", "round", "outcome"),
        Index("ix_counted_replies_question_id_waits_rank", "question_id", "waits", "rank", "reply_id"),
        Index(
            "ix_counted_replies_question_id_score",
            *("question_id", "score", "reply_id", "outcome", "barrier", "first_hand"),
        ),
        Index(
            "ix_counted_replies_question_id_decided",
            *("question_id", "decided"),
            sqlite_where=text("decided IS NOT NULL"),
            postgresql_where=text("decided IS NOT NULL"),
        ),
        Index("ix_counted_replies_revision_id", "revision_id"),
        Index("ix_counted_replies_author_id", "author_id"),
    )

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int]
    author_id: Mapped[int]
    revision_id: Mapped[int]
    verdict: Mapped[states.VerdictValue | None]
    score: Mapped[float]
    ranked_out: Mapped[bool]
    barrier: Mapped[str]
    round: Mapped[str | None]
    outcome: Mapped[states.Outcome | None]
    waits: Mapped[int | None] = mapped_column(SmallInteger)
    rank: Mapped[float]
    decided: Mapped[states.VerdictValue | None]
    first_hand: Mapped[bool] = mapped_column(default=False, server_default=false())


class AnswerCount(Base):
    """How many rows of `counted_replies` with an outcome are alike in these; barred: they have a barrier. Triggers keep
    it; a number can be 0.
    """

    __tablename__ = "answer_counts"

    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    round: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[states.Outcome] = mapped_column(primary_key=True)
    barred: Mapped[bool] = mapped_column(primary_key=True)
    first_hand: Mapped[bool] = mapped_column(primary_key=True)
    number: Mapped[int]


class Uncounted(Base):
    """Something changed that decides about an author's replies to a question; triggers write it, counting drops it."""

    __tablename__ = "uncounted"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    question_id: Mapped[int]
    author_id: Mapped[int]


class Outline(Base):
    """What an answer is compared by, as its verdict was made: hashes, beside its head; empty beside its other parts.

    A reply without one is to be judged. Made of somebody's words, it goes where they go. The key keeps those of one
    question side by side.
    """

    __tablename__ = "outlines"
    __table_args__ = ({"sqlite_with_rowid": False},)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True)
    outline: Mapped[bytes]


class Verdict(Base):
    """A judgement of a revision, a row only where it differs from the last. `editor` None: by the rules."""

    __tablename__ = "verdicts"
    __table_args__ = (Index("ix_verdicts_revision_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    value: Mapped[states.VerdictValue]
    score: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    rules_hash: Mapped[str] = mapped_column(default="")
    editor: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[datetime]
    restored_at: Mapped[datetime | None]  # an editor's verdict that was taken back
    quotable: Mapped[bool] = mapped_column(default=True, server_default=true())  # worth an editor's time
    beside: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # see `bot.filter.values.BesideAll`


class Consent(Base):
    """A ledger: rows are added, never changed; the last one of a revision counts."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_revision_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    state: Mapped[states.ConsentState]
    wording: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    credit: Mapped[str] = mapped_column(default="")
    covers_vote: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class ReadBack(Base):
    """A passage and its credit, shown once to who said it, with perhaps one question more. Made of a person's words and
    address, it goes where they go.

    start, end: the passage, a span of the revision. wants: what is asked, `check` or `leave`. credit: as it would be
    printed, "" without a name. follow_up: the question, "" for none. address: to which it is mailed, "" where an editor
    sends it by hand; is_own: the one that the answer came from, else one that its author publishes. token_hash:
    SHA-256, in hex, of the token in the address and subject of the mail; message_id: of the mail. asked_at: when it was
    sent, or given to an editor to be sent. answer: `yes`, `changed`, `no`, `unclear`, or `decided` where an editor
    entered what they heard; said: what an editor has to read of it. heard: hashes of the mails that were heard.
    """

    __tablename__ = "read_backs"
    __table_args__ = (UniqueConstraint("revision_id"), UniqueConstraint("token_hash"), UniqueConstraint("message_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    start: Mapped[int]
    end: Mapped[int]
    wants: Mapped[str]
    credit: Mapped[str] = mapped_column(default="")
    follow_up: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    is_own: Mapped[bool] = mapped_column(default=True)
    token_hash: Mapped[str | None]
    message_id: Mapped[str | None]
    by: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    heard: Mapped[list[Any]] = mapped_column(default=list)


class ChosenPassage(Base):
    """The words of a reply that an editor wants to quote: a span of a revision. The last row of a revision counts."""

    __tablename__ = "chosen_passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]


class Look(Base):
    """That an editor has read an answer, by its first reply; and its place among the kept ones, where it has one."""

    __tablename__ = "looks"

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True)
    looked_at: Mapped[datetime]
    place: Mapped[int | None]


class CreditGiven(Base):
    """How somebody is to be credited, and who said so. Rows are added; the last one of an author counts."""

    __tablename__ = "credits_given"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    rel_me: Mapped[bool] = mapped_column(default=False)  # the page at `link` links back to the profile, as of `at`
    said_by: Mapped[str]
    at: Mapped[datetime]


class SourceCheck(Base):
    """What an editor did to know who an author is; for the private side alone."""

    __tablename__ = "source_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    found_at: Mapped[str] = mapped_column(default="")
    spoken: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Vote(Base):
    """One choice of one voter; private."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("post_id", "voter", "source", "option"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    voter: Mapped[str]
    option: Mapped[int]
    source: Mapped[states.VoteSource]
    at: Mapped[datetime]


class Tally(Base):
    """Votes an option, and who counted."""

    __tablename__ = "tallies"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    option: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[states.TallySource] = mapped_column(primary_key=True)
    votes: Mapped[int]
    final: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


# ---------------------------------------------------------------- what is handed over


class Digest(Base):
    """One compiled digest. Its bytes are a function of this row and the revisions that `selection` names.

    kind: `question` or `week`. period: the question's slug, or the Monday of the week (`2026-11-16`).
    """

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("workspace", "kind", "period", "edition", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(default=CONFIG_WORKSPACE)
    kind: Mapped[str]
    period: Mapped[str]
    edition: Mapped[str]
    revision: Mapped[int]
    as_of: Mapped[datetime]
    zone: Mapped[str]
    final: Mapped[bool] = mapped_column(default=False)
    selection: Mapped[dict[str, Any]]
    pullquote_version: Mapped[str]
    files: Mapped[list[Any]] = mapped_column(default=list)


class StaleReply(Base):
    """A reply whose digests on disk are to be written anew: it was deleted, refused, edited. Gone once they are."""

    __tablename__ = "stale_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))


class StaleDigest(Base):
    """A digest whose files are to be written anew whatever they quote: somebody who was erased was named in it."""

    __tablename__ = "stale_digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"))


class Printing(Base):
    """A passage that was printed somewhere. It has no words: what stays of a source that was deleted is this.

    passage_hash: SHA-256 of the words, in hex. consent: the leave there was at the time. link: of the reply.
    """

    __tablename__ = "printings"
    __table_args__ = (UniqueConstraint("reply_id", "url", "passage_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    start: Mapped[int]
    end: Mapped[int]
    passage_hash: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    url: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    fidelity: Mapped[str]
    consent: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Outgoing(Base):
    """Everything else that is sent: consent requests, deliveries, mail. Unique by kind, subject and place; what goes
    through several accounts says in its subject for which community.

    intent_at: committed before the bytes leave; without it, nothing was sent. sent_at: when it was taken.
    account_id: through which it goes, None for mail. reply_id: whose author is asked.
    """

    __tablename__ = "outgoings"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "place"),
        Index("ix_outgoings_reply_id", "reply_id"),
        Index("ix_outgoings_state_kind", "state", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    payload: Mapped[dict[str, Any]]
    state: Mapped[states.OutgoingState] = mapped_column(default=states.OutgoingState.DUE)
    state_reason: Mapped[str] = mapped_column(StoredReason, default="")
    due_at: Mapped[datetime]
    retry_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    intent_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    remote_id: Mapped[str | None]


# ---------------------------------------------------------------- how it runs


class Interaction(Base):
    """An interaction that was handled; a second delivery of it does nothing."""

    __tablename__ = "interactions"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    remote_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]


class Lease(Base):
    """A right that one process holds until `lease_until` (collect an account, rotate its tokens, listen)."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    lease_until: Mapped[datetime]


class Activity(Base):
    """When a step last succeeded and failed, for `status`. `held`: milliseconds for which the loop was held."""

    __tablename__ = "activities"

    name: Mapped[str] = mapped_column(primary_key=True)
    succeeded_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(StoredReason, default="")
    held: Mapped[int | None]


class Event(Base):
    """Something a person should know, told once: unique by kind and subject."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("workspace", "kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(default=CONFIG_WORKSPACE)
    at: Mapped[datetime]
    kind: Mapped[str]
    subject: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    message: Mapped[str] = mapped_column(StoredReason)


class EditorAct(Base):
    """Something that an editor did. `subject`: `reply 3`, `author 2`, `question tea`; no word of a person. `before`:
    what it added, `{"added": {table: [[first id, last id], …]}}`, so that it can be taken back; of an import `read_as`:
    which heading was read as what.
    """

    __tablename__ = "acts"
    __table_args__ = (Index("ix_acts_workspace_id", "workspace", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(default=CONFIG_WORKSPACE)
    kind: Mapped[str]
    subject: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")


class VouchedQuote(Base):
    """Words of a draft for which the writer vouches. name: a keyed hash of them; the words are nowhere."""

    __tablename__ = "vouched_quotes"
    __table_args__ = (UniqueConstraint("workspace", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    name: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class WatchedDraft(Base):
    """A draft whose quotes are watched until it is printed. It has no words, no title and no file. quotes: how many."""

    __tablename__ = "watched_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    quotes: Mapped[int]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    check_at: Mapped[datetime]  # when its sources are read again


class WatchedQuote(Base):
    """A quote of a watched draft, a row for each part of an answer in which it lies. number: in the draft. name: a
    keyed hash of its words. state: what was last told of it.
    """

    __tablename__ = "watched_quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("watched_drafts.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    name: Mapped[str]
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    start: Mapped[int]
    end: Mapped[int]
    state: Mapped[states.WatchedState] = mapped_column(default=states.WatchedState.STANDS)
    changed_at: Mapped[datetime | None]


class Control(Base):
    """A switch that survives a restart: `paused` with who and why."""

    __tablename__ = "controls"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
