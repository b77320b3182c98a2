"""All replies to a question as a digest reads them, page by page."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.digests.digests import _chunks
from storage.models import (
    PUBLIC,
    Account,
    Author,
    Consent,
    CreditGiven,
    Post,
    Reply,
    Revision,
    Tally,
    Target,
    Verdict,
    Vote,
)
from storage.replies.credits import credits_of_question
from storage.replies.passages import chosen_passages
from storage.states import ConsentState, Origin, ReplyState, TallySource, VerdictValue, VoteSource

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

    unknown_at: see `models.Reply`. evidence: what the profile showed (kind, detail) at `profile_at`. given: the credit
    that was entered for the author. chosen: the span of `text` that an editor wants to quote.
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
    audience: str = PUBLIC
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
    """One line of a reply's ledger."""

    revision_id: int
    state: ConsentState
    credit: str
    covers_vote: bool = False


@dataclass(frozen=True, slots=True)
class CurrentVerdict:
    """The judgement of a revision that holds: the last one of an editor, else the last one of the rules."""

    id: int
    revision_id: int
    value: VerdictValue
    score: float
    reasons: list[Any]
    editor: str | None
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """Votes for one option of one post. source: who counted."""

    post_id: int
    option: int
    source: TallySource
    votes: int
    final: bool
    at: datetime | None


async def load_current_replies(
    session: AsyncSession, question_id: int, *, author_id: int | None = None
) -> list[CurrentReply]:
    """Every reply to a question, or those of one author, each with the credit that was entered for its author."""
    heard = await _load_where(session, _is_under(question_id, author_id))
    given = await credits_of_question(session, question_id)
    chosen = await chosen_passages(session, question_id)
    heard = [replace(each, chosen=chosen[each.revision_id]) if each.revision_id in chosen else each for each in heard]
    return [_give_credit(reply, given[reply.author_id]) if reply.author_id in given else reply for reply in heard]


def _is_under(question_id: int, author_id: int | None) -> ColumnElement[bool]:
    under = Reply.question_id == question_id
    return under if author_id is None else under & (Reply.author_id == author_id)


def _give_credit(reply: CurrentReply, given: CreditGiven) -> CurrentReply:
    entered = GivenCredit(given.name, given.role, given.organisation, given.link, given.rel_me, given.said_by, given.at)
    return replace(reply, given=entered, author_link=given.link or reply.author_link)


async def load_author_replies(session: AsyncSession, reply_ids: Collection[int]) -> list[CurrentReply]:
    """These replies, and whatever else their authors said to the same questions."""
    heard: dict[int, CurrentReply] = {}
    for chunk in _chunks(sorted(reply_ids)):
        said = select(Reply.question_id, Reply.author_id).where(Reply.id.in_(chunk))
        rows = await _load_where(session, tuple_(Reply.question_id, Reply.author_id).in_(said))
        heard |= {row.id: row for row in rows}
    return list(heard.values())


async def _read_in_pages(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> AsyncIterator[Any]:
    """The rows of a query that may bring a hundred thousand: the event loop runs on between two pages."""
    result = await session.stream(query)
    async for page in result.partitions(PAGE):
        for row in page:
            yield row


async def _load_where(session: AsyncSession, where: ColumnElement[bool]) -> list[CurrentReply]:
    newest = (
        select(Revision.reply_id, func.max(Revision.number).label("number"))
        .join(Reply, Reply.id == Revision.reply_id)
        .where(where)
        .group_by(Revision.reply_id)
        .subquery()
    )
    query = (
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
            Reply.audience,
        )
        .join(newest, newest.c.reply_id == Reply.id)
        .join(Revision, (Revision.reply_id == Reply.id) & (Revision.number == newest.c.number))
        .join(Author, Author.id == Reply.author_id)
    )
    return [CurrentReply(*cast("Sequence[Any]", row)) async for row in _read_in_pages(session, query)]


async def load_ledgers(session: AsyncSession, replies: Iterable[CurrentReply]) -> dict[int, list[ConsentEntry]]:
    """The consents of these replies, by reply id, oldest first."""
    ledgers: dict[int, list[ConsentEntry]] = defaultdict(list)
    for chunk in _chunks([reply.id for reply in replies]):
        rows = await session.execute(
            select(Revision.reply_id, Consent.revision_id, Consent.state, Consent.credit, Consent.covers_vote)
            .join(Revision, Revision.id == Consent.revision_id)
            .where(Revision.reply_id.in_(chunk))
            .order_by(Consent.id)
        )
        for reply_id, revision_id, state, credit, covers_vote in rows:
            ledgers[reply_id].append(ConsentEntry(revision_id, state, credit, covers_vote))
    return ledgers


async def load_current_verdicts(
    session: AsyncSession, question_id: int, *, author_id: int | None = None
) -> dict[int, CurrentVerdict]:
    """By revision id, for all revisions of a question or of what one author said to it.

    Columns, not rows of the ORM: three times as fast.
    """
    by_editor = Verdict.editor.is_not(None)
    query = (
        select(
            Verdict.id,
            Verdict.revision_id,
            Verdict.value,
            Verdict.score,
            Verdict.reasons,
            Verdict.editor,
            Verdict.judged_at,
        )
        .join(Revision, Revision.id == Verdict.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(_is_under(question_id, author_id), Verdict.restored_at.is_(None))
        .order_by(by_editor, Verdict.id)
    )
    # An editor's come last, and the last one of a revision stays.
    return {row.revision_id: CurrentVerdict(*row) async for row in _read_in_pages(session, query)}


async def load_texts(session: AsyncSession, revision_ids: Iterable[int]) -> dict[int, str | None]:
    """The words of revisions by id; None where they were emptied."""
    texts: dict[int, str | None] = {}
    for chunk in _chunks(sorted(set(revision_ids))):
        rows = await session.execute(select(Revision.id, Revision.text).where(Revision.id.in_(chunk)))
        texts.update((id_, text) for id_, text in rows)
    return texts


async def count_votes(session: AsyncSession, post_ids: Sequence[int]) -> list[Count]:
    """Votes by post, option and source: the platform's tallies, and the count of our rows."""
    tallies = await session.scalars(select(Tally).where(Tally.post_id.in_(post_ids)))
    counts = [Count(each.post_id, each.option, each.source, each.votes, each.final, each.at) for each in tallies]
    told = {(each.post_id, each.source) for each in counts}
    rows = await session.execute(
        select(Vote.post_id, Vote.option, func.count(), func.max(Vote.at))
        .where(Vote.post_id.in_(post_ids), Vote.source == VoteSource.BUTTON)
        .group_by(Vote.post_id, Vote.option)
    )
    counts += [
        Count(post_id, option, TallySource.ROWS, votes, final=False, at=at)
        for post_id, option, votes, at in rows
        if (post_id, TallySource.ROWS) not in told
    ]
    return sorted(counts, key=lambda each: (each.post_id, each.source, each.option))


async def find_choices(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """By post id: the option (its index) that an author chose by name, by the author's id; not who chose several."""
    rows = await session.execute(
        select(Vote.post_id, Author.id, Vote.option)
        .join(Post, Post.id == Vote.post_id)
        .join(Target, Target.id == Post.target_id)
        .join(Account, Account.id == Target.account_id)
        .join(Author, (Author.platform == Account.platform) & (Author.remote_id == Vote.voter))
        .where(Vote.post_id.in_(post_ids))
        .order_by(Vote.id)
    )
    chosen: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for post_id, author_id, option in rows:
        chosen[post_id][author_id].append(option)
    return {
        post_id: {author_id: options[0] for author_id, options in by_author.items() if len(options) == 1}
        for post_id, by_author in chosen.items()
    }
