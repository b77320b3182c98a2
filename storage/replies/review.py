"""Answers for a review: counted by what decides whether they wait for a look, and read one at a time.

Most answers are one reply with at most one entry in the ledger: those are counted here. What hangs together is read
whole (`select_woven`): chains, ledgers with more than one entry, wishes that authors have in their own words, what the
rules have not judged yet.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, or_, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import PUBLIC, Author, ChosenPassage, Consent, Question, QuestionVersion, Reply, Revision, Verdict
from storage.questions.notices import is_asked, is_under_notice
from storage.replies.current import (
    CONSENT,
    VERDICT,
    WITH_NOTES,
    ConsentEntry,
    CurrentReply,
    CurrentVerdict,
    add_notes,
    make_current,
    select_current,
)
from storage.sql.newest import is_newest_version, newest_revision
from storage.states import REFUSALS, UNDECIDED, ConsentState, Origin, QuestionState, ReplyState, VerdictValue


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """What is reviewed: questions of these workspaces that were not taken back, all of them or one. rules_hash: with
    it begins what the rules of this program judged; what others judged may read otherwise today.
    """

    workspaces: Collection[str]
    rules_hash: str
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What decides about an answer of one reply. labels: a JSON list. verdict, quotable: None where there is none."""

    platform: str
    state: ReplyState
    consent: ConsentState | None
    labels: str
    opted_out: bool
    do_not_quote: bool
    has_foreign_words: bool
    unreached: bool
    is_public: bool
    is_under_notice: bool
    is_asked: bool
    origin: Origin
    verdict: VerdictValue | None
    by_editor: bool
    quotable: bool | None


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Answers to one question that are alike, on one side of what was shown last: how many, and the best of them."""

    facts: ReviewFacts
    workspace: str
    slug: str
    question_id: int
    reply_id: int
    score: float
    count: int


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """Where a question belongs, and its newest content as JSON."""

    workspace: str
    slug: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JudgedReplies:
    """Replies by id, with their ledgers (by reply id, oldest entry first), the verdicts that hold (by revision id) and
    their questions (by id).
    """

    replies: dict[int, CurrentReply]
    ledgers: dict[int, list[ConsentEntry]]
    verdicts: dict[int, CurrentVerdict]
    questions: dict[int, ReviewedQuestion]


# ---------------------------------------------------------------- counting


async def load_review_groups(
    session: AsyncSession, scope: ReviewScope, after: int, after_score: float | None
) -> list[ReviewGroup]:
    """All that is not woven, a row for what is alike. after: the reply that was shown last, 0 for none; after_score:
    that of its answer, where it is woven.
    """
    answers = _select_answers(scope).subquery().c
    shown_score = _select_score(after) if after_score is None else after_score
    behind = or_(answers.score < shown_score, and_(answers.score == shown_score, answers.id > after))
    side = case((answers.id == after, 1), (behind, 2), else_=0)
    facts = [answers[each.name] for each in fields(ReviewFacts)]
    alike = (*facts, answers.question_id, side)
    best = func.row_number().over(partition_by=alike, order_by=(answers.score.desc(), answers.id)).label("best")
    placed = select(
        *facts,
        answers.workspace,
        answers.slug,
        answers.question_id,
        answers.id,
        answers.score,
        func.count().over(partition_by=alike).label("count"),
        best,
    ).subquery()
    rows = await session.execute(select(placed).where(placed.c.best == 1))
    split = len(facts)
    return [ReviewGroup(ReviewFacts(*row[:split]), *row[split:-1]) for row in rows]


def _select_score(reply_id: int) -> Any:
    return (
        select(func.coalesce(Verdict.score, 0.0))
        .select_from(Revision)
        .outerjoin(Verdict, Verdict.id == _current_verdict())
        .where(Revision.reply_id == reply_id, newest_revision())
        .scalar_subquery()
    )


def _select_answers(scope: ReviewScope) -> Select[*tuple[Any, ...]]:
    """The facts of every answer that is not woven, with its question and what orders it."""
    entry = select(Revision.reply_id, Consent.revision_id, Consent.state).join(Consent).subquery()
    # of one entry: a no holds for every wording, all else for its own
    holds = or_(entry.c.state.in_(REFUSALS), entry.c.revision_id == Revision.id)
    return (
        select(
            Reply.platform,
            Reply.state,
            case((holds, entry.c.state)).label("consent"),
            cast(Author.labels, Text).label("labels"),
            Author.opted_out,
            Author.do_not_quote,
            (cast(Revision.foreign, Text) != "[]").label("has_foreign_words"),
            Reply.unknown_at.is_not(None).label("unreached"),
            (Reply.audience == PUBLIC).label("is_public"),
            is_under_notice().label("is_under_notice"),
            is_asked().label("is_asked"),
            Reply.origin,
            Verdict.value.label("verdict"),
            Verdict.editor.is_not(None).label("by_editor"),
            Verdict.quotable,
            Question.workspace,
            Question.slug,
            Reply.question_id,
            Reply.id,
            func.coalesce(Verdict.score, 0.0).label("score"),
        )
        .join(Question, Question.id == Reply.question_id)
        .join(Revision, Revision.reply_id == Reply.id)
        .join(Author, Author.id == Reply.author_id)
        .outerjoin(Verdict, Verdict.id == _current_verdict())
        .outerjoin(entry, entry.c.reply_id == Reply.id)
        .where(_is_in(scope), newest_revision(), _pair().not_in(select_woven(scope)))
    )


def _current_verdict() -> ColumnElement[int]:
    """The id of the verdict that holds for `Revision`: the last one of an editor, else the last one of the rules."""
    given = aliased(Verdict)
    last = select(func.max(given.id)).where(given.revision_id == Revision.id, given.restored_at.is_(None))
    by_editor = last.where(given.editor.is_not(None)).correlate(Revision).scalar_subquery()
    return func.coalesce(by_editor, last.correlate(Revision).scalar_subquery())


def _pair() -> Any:
    return tuple_(Reply.question_id, Reply.author_id)


def _is_in(scope: ReviewScope) -> ColumnElement[bool]:
    asked = select(Question.id).where(
        Question.workspace.in_(scope.workspaces), Question.state != QuestionState.WITHDRAWN
    )
    return Reply.question_id.in_(asked if scope.question_id is None else asked.where(Question.id == scope.question_id))


def select_woven(scope: ReviewScope) -> Any:
    """(Question id, author id) of those whose replies have to be read together."""
    other, judged, entry = aliased(Reply), aliased(Verdict), aliased(Consent)
    pair = select(Reply.question_id, Reply.author_id).where(_is_in(scope))
    of_same = (other.question_id == Reply.question_id, other.author_id == Reply.author_id, other.id != Reply.id)
    is_parent = (other.platform == Reply.platform, other.remote_id == Reply.parent_remote_id)
    chained = pair.where(exists().where(*of_same, *is_parent))
    worded = pair.join(Revision, Revision.reply_id == Reply.id)
    by_rules = (
        judged.revision_id == Revision.id,
        judged.editor.is_(None),
        judged.rules_hash.startswith(scope.rules_hash),
    )
    unjudged = worded.where(newest_revision(), Revision.text.is_not(None), ~exists().where(*by_rules))
    decided = worded.join(entry, entry.revision_id == Revision.id)
    twice = decided.group_by(Reply.id, Reply.question_id, Reply.author_id).having(func.count() > 1)
    refused = decided.where(entry.state == ConsentState.REFUSED, exists().where(*of_same))
    wished = decided.where(entry.state.in_(UNDECIDED))
    nameless = decided.where(entry.state == ConsentState.GRANTED_ANONYMOUSLY)
    return union(chained, unjudged, twice, refused, wished, nameless)


# ---------------------------------------------------------------- reading


async def load_woven(session: AsyncSession, scope: ReviewScope) -> JudgedReplies:
    """What `load_review_groups` leaves out."""
    return await _load_judged(session, _pair().in_(select_woven(scope)))


async def load_judged_replies(session: AsyncSession, workspaces: Collection[str], reply_id: int) -> JudgedReplies:
    """What the author of a reply said to its question; nothing where no such reply is in these workspaces."""
    same = select(Reply.question_id, Reply.author_id).join(Question, Question.id == Reply.question_id)
    same = same.where(Reply.id == reply_id, Question.workspace.in_(workspaces))
    return await _load_judged(session, _pair().in_(same))


async def _load_judged(session: AsyncSession, where: ColumnElement[bool]) -> JudgedReplies:
    worded = aliased(Revision)
    rows = await session.execute(
        add_notes(select_current(where))
        .add_columns(Question.workspace, Question.slug, QuestionVersion.content, *VERDICT, *CONSENT)
        .join(Question, Question.id == Reply.question_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .outerjoin(Verdict, Verdict.id == _current_verdict())
        .outerjoin(worded, worded.reply_id == Reply.id)
        .outerjoin(Consent, Consent.revision_id == worded.id)
        .where(is_newest_version())
        .order_by(Reply.id, Consent.id)
    )
    judged = JudgedReplies({}, defaultdict(list), {}, {})
    for row in rows:
        asked, verdict = row[WITH_NOTES:][:3], row[WITH_NOTES + 3 :][: len(VERDICT)]
        entry = row[-len(CONSENT) :]
        if row.id not in judged.replies:
            judged.replies[row.id] = make_current(row)
            judged.questions[row.question_id] = ReviewedQuestion(*asked)
        if verdict[0] is not None:
            judged.verdicts[verdict[1]] = CurrentVerdict(*verdict)
        if entry[0] is not None:
            judged.ledgers[row.id].append(ConsentEntry(*entry))
    return judged


def add_passage(session: AsyncSession, passage: ChosenPassage) -> None:
    """The words that an editor wants to quote; the last ones of a wording count."""
    session.add(passage)
