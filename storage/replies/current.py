"""All replies to a question as a digest reads them, page by page."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import (
    PUBLIC,
    Author,
    ChosenPassage,
    Consent,
    CreditGiven,
    Question,
    Reply,
    Revision,
    Verdict,
)
from storage.questions.notices import is_asked, is_under_notice
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import ConsentState, Origin, ReplyState, VerdictValue

PAGE = 500
"""Rows that are made at once: some ten milliseconds."""


@dataclass(frozen=True, slots=True)
class GivenCredit:
    """How somebody is to be credited, as it was entered `at`: empty where nothing was said about it."""

    name: str
    role: str
    organisation: str
    link: str
    rel_me: bool
    said_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CurrentReply:
    """A reply with its author and its newest revision. text: None where it was emptied or could not be read.

    unknown_at: see `models.Reply`. evidence: what the profile showed (kind, detail) at `profile_at`. is_under_notice,
    is_asked: see `storage.questions.notices`. given: the credit that was entered for the author. chosen: the span of
    `text` that an editor wants to quote.
    """

    id: int
    question_id: int
    post_id: int | None
    platform: str
    remote_id: str
    parent_remote_id: str | None
    link: str
    state: ReplyState
    posted_at: datetime
    seen_at: datetime
    author_id: int
    handle: str
    display_name: str
    author_link: str
    labels: list[Any]
    opted_out: bool
    do_not_quote: bool
    revision_id: int
    text: str | None
    language: str
    foreign: list[Any]
    extra: dict[str, Any] = field(default_factory=dict)
    unknown_at: datetime | None = None
    evidence: list[Any] = field(default_factory=list)
    profile_at: datetime | None = None
    origin: Origin = Origin.COLLECTED
    account_id: int | None = None
    audience: str = PUBLIC
    is_under_notice: bool = True
    is_asked: bool = True
    given: GivenCredit | None = None
    chosen: tuple[int, int] | None = None

    @property
    def is_undated(self) -> bool:
        """Whether nobody knows when it was written: `posted_at` is when it was imported."""
        return "undated" in self.extra

    @property
    def is_public(self) -> bool:
        """Whether it was written for everybody; else its author is asked first."""
        return self.audience == PUBLIC


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One line of a reply's ledger; `id` orders the lines of several."""

    revision_id: int
    state: ConsentState
    credit: str
    covers_vote: bool = False
    id: int = 0
    proof: str = ""


CONSENT = tuple(getattr(Consent, each.name) for each in fields(ConsentEntry))
"""The columns of `ConsentEntry`, in its order."""


@dataclass(frozen=True, slots=True)
class CurrentVerdict:
    """The judgement of a revision that holds: the last one of an editor, else the last one of the rules.

    beside: what it is compared by with all others of its thread, where it is of the rules.
    """

    id: int
    revision_id: int
    value: VerdictValue
    score: float
    reasons: list[Any]
    editor: str | None
    judged_at: datetime
    note: str = ""
    quotable: bool = True
    beside: list[float] = field(default_factory=list)


WITHOUT_NOTES = len(fields(CurrentReply)) - len(("given", "chosen"))
WITH_NOTES = WITHOUT_NOTES + len(("start", "end")) + len(fields(GivenCredit))
"""How many columns `select_current` has, and how many with `add_notes`."""
VERDICT = tuple(getattr(Verdict, each.name) for each in fields(CurrentVerdict))
"""The columns of `CurrentVerdict`, in its order."""


async def load_current_replies(session: AsyncSession, question_id: int) -> list[CurrentReply]:
    """Every reply to a question, each with the credit that was entered for its author and the passage to be quoted."""
    rows = _read_in_pages(session, add_notes(select_current(Reply.question_id == question_id)))
    return [make_current(row) async for row in rows]


async def load_author_replies(session: AsyncSession, reply_ids: Collection[int]) -> list[CurrentReply]:
    """These replies, and whatever else their authors said to the same questions."""
    heard: dict[int, CurrentReply] = {}
    for chunk in chunked(sorted(reply_ids)):
        pairs = select(Reply.question_id, Reply.author_id).where(Reply.id.in_(chunk))
        query = select_current(tuple_(Reply.question_id, Reply.author_id).in_(pairs))
        async for row in _read_in_pages(session, query):
            heard[row.id] = CurrentReply(*cast("Sequence[Any]", row))
    return list(heard.values())


async def _read_in_pages(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> AsyncIterator[Any]:
    """The rows of a query that may bring a hundred thousand: the event loop runs on between two pages."""
    result = await session.stream(query)
    async for page in result.partitions(PAGE):
        for row in page:
            yield row


def select_current(where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The columns of `CurrentReply` in its order, without notes."""
    return (
        select(
            Reply.id,
            Reply.question_id,
            Reply.post_id,
            Reply.platform,
            Reply.remote_id,
            Reply.parent_remote_id,
            Reply.link,
            Reply.state,
            Reply.posted_at,
            Reply.seen_at,
            Reply.author_id,
            Author.handle,
            Author.display_name,
            Author.link,
            Author.labels,
            Author.opted_out,
            Author.do_not_quote,
            Revision.id,
            Revision.text,
            Revision.language,
            Revision.foreign,
            Reply.extra,
            Reply.unknown_at,
            Author.evidence,
            Author.seen_at,
            Reply.origin,
            Reply.account_id,
            Reply.audience,
            is_under_notice(),
            is_asked(),
        )
        .join(Revision, Revision.reply_id == Reply.id)
        .join(Author, Author.id == Reply.author_id)
        .where(where, newest_revision())
    )


def add_notes(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """With the passage that an editor chose last, and the credit that was given last in the workspace, if any."""
    passage = select(ChosenPassage.revision_id, func.max(ChosenPassage.id).label("id"))
    last_passage = passage.group_by(ChosenPassage.revision_id).subquery()
    about, there, here = aliased(Reply), aliased(Question), aliased(Question)
    last_credit = (
        select(about.author_id, there.workspace, func.max(CreditGiven.id).label("id"))
        .join(CreditGiven, CreditGiven.reply_id + 0 == about.id)  # from the few credits, not from all replies
        .join(there, there.id == about.question_id)
        .group_by(about.author_id, there.workspace)
        .subquery()
    )
    of_author = (last_credit.c.author_id == Reply.author_id) & (last_credit.c.workspace == here.workspace)
    return (
        query.add_columns(*(getattr(ChosenPassage, name) for name in ("start", "end")))
        .add_columns(*(getattr(CreditGiven, each.name) for each in fields(GivenCredit)))
        .join(here, here.id == Reply.question_id)
        .outerjoin(last_passage, last_passage.c.revision_id == Revision.id)
        .outerjoin(ChosenPassage, ChosenPassage.id == last_passage.c.id)
        .outerjoin(last_credit, of_author)
        .outerjoin(CreditGiven, CreditGiven.id == last_credit.c.id)
    )


def make_current(row: Sequence[Any]) -> CurrentReply:
    """A row of `select_current` with `add_notes`; what stands behind those columns is left out."""
    reply = CurrentReply(*row[:WITHOUT_NOTES])
    start, end, *credit = row[WITHOUT_NOTES:WITH_NOTES]
    if start is not None:
        reply = replace(reply, chosen=(start, end))
    if credit[-1] is None:
        return reply
    given = GivenCredit(*credit)
    return replace(reply, given=given, author_link=given.link or reply.author_link)


async def load_ledgers(session: AsyncSession, replies: Iterable[CurrentReply]) -> dict[int, list[ConsentEntry]]:
    """The consents of these replies, by reply id, oldest first."""
    ledgers: dict[int, list[ConsentEntry]] = defaultdict(list)
    for chunk in chunked([reply.id for reply in replies]):
        rows = await session.execute(
            select(Revision.reply_id, *CONSENT)
            .join(Revision, Revision.id == Consent.revision_id)
            .where(Revision.reply_id.in_(chunk))
            .order_by(Consent.id)
        )
        for reply_id, *entry in rows:
            ledgers[reply_id].append(ConsentEntry(*entry))
    return ledgers


async def load_current_verdicts(session: AsyncSession, question_id: int) -> dict[int, CurrentVerdict]:
    """By revision id, for all revisions of a question. Columns, not rows of the ORM: three times as fast."""
    by_editor = Verdict.editor.is_not(None)
    query = (
        select(*VERDICT)
        .join(Revision, Revision.id == Verdict.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id, Verdict.restored_at.is_(None))
        .order_by(by_editor, Verdict.id)
    )
    # An editor's come last, and the last one of a revision stays.
    return {row.revision_id: CurrentVerdict(*row) async for row in _read_in_pages(session, query)}


async def load_texts(session: AsyncSession, revision_ids: Iterable[int]) -> dict[int, str | None]:
    """The words of revisions by id; None where they were emptied."""
    texts: dict[int, str | None] = {}
    for chunk in chunked(sorted(set(revision_ids))):
        rows = await session.execute(select(Revision.id, Revision.text).where(Revision.id.in_(chunk)))
        texts.update((id_, text) for id_, text in rows)
    return texts
