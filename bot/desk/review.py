"""Reviewing answers: search, decide, restore, explain. An editor's verdict stands over every rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.desk.errors import DeskError
from bot.quotes import group_answers
from storage import replies, verdicts
from storage.models import Author, Question, Reply, Revision, Verdict
from storage.states import ReplyState, VerdictValue


@dataclass(frozen=True, slots=True)
class FoundReply:
    """A reply as an editor sees it; `verdict` None: not judged yet. `editor`: who decided, "" for the rules."""

    id: int
    question: str
    author: str
    handle: str
    platform: str
    posted_at: datetime
    link: str
    state: ReplyState
    text: str | None
    verdict: VerdictValue | None
    score: float | None
    reasons: tuple[dict[str, object], ...]
    editor: str
    note: str


async def search(
    context: Context,
    questions: Sequence[Question],
    *,
    words: str = "",
    verdict: VerdictValue | None = None,
    limit: int | None = None,
) -> list[FoundReply]:
    """Replies whose text or author contains `words` (any case), newest question first, best first within it."""
    found: list[FoundReply] = []
    async with context.store.read() as session:
        for question in questions:
            rows = await replies.load_replies(session, question.id)
            standing = await verdicts.load_standing(session, question.id)
            found += [
                _describe(question, row, standing.get(row[2].id))
                for row in rows
                if _matches(row, words.casefold()) and _has_verdict(standing.get(row[2].id), verdict)
            ]
    ordered = sorted(found, key=lambda each: (-(each.score or 0.0), each.posted_at, each.id))
    return ordered[:limit]


def _matches(row: tuple[Reply, Author, Revision], words: str) -> bool:
    _, author, revision = row
    return words in f"{revision.text or ''}\n{author.handle}\n{author.display_name}".casefold()


def _has_verdict(standing: Verdict | None, wanted: VerdictValue | None) -> bool:
    return wanted is None or (standing is not None and standing.value is wanted)


def _describe(question: Question, row: tuple[Reply, Author, Revision], standing: Verdict | None) -> FoundReply:
    reply, author, revision = row
    return FoundReply(
        id=reply.id,
        question=question.slug,
        author=author.display_name or author.handle,
        handle=author.handle,
        platform=reply.platform,
        posted_at=reply.posted_at,
        link=reply.link,
        state=reply.state,
        text=revision.text,
        verdict=standing.value if standing else None,
        score=standing.score if standing else None,
        reasons=tuple(standing.reasons) if standing else (),
        editor=(standing.editor or "") if standing else "",
        note=standing.note if standing else "",
    )


async def explain(context: Context, reply_id: int) -> FoundReply:
    """One reply with all the reasons of its verdict. Raises DeskError."""
    async with context.store.read() as session:
        reply = await _get(session, reply_id)
        question = await session.get_one(Question, reply.question_id)
        rows = await replies.load_replies(session, reply.question_id)
        standing = await verdicts.load_standing(session, reply.question_id)
    row = next(row for row in rows if row[0].id == reply_id)
    return _describe(question, row, standing.get(row[2].id))


async def decide(context: Context, reply_id: int, value: VerdictValue, *, editor: str, note: str = "") -> int:
    """An editor's verdict on the whole answer that a reply belongs to; answers how many of its parts it covers."""
    now = context.now()
    async with context.store.write() as session:
        revisions = await _answer_of(session, reply_id)
        score = {VerdictValue.KEEP: 1.0, VerdictValue.MAYBE: 0.5, VerdictValue.ASIDE: 0.0}[value]
        session.add_all(
            Verdict(
                revision_id=revision.id,
                value=value,
                score=score,
                reasons=[],
                rules_hash="",
                editor=editor,
                note=note,
                judged_at=now,
            )
            for revision in revisions
        )
    return len(revisions)


async def restore(context: Context, reply_id: int) -> int:
    """Take an editor's verdict on an answer back: the rules' stands again. Raises DeskError where there is none."""
    async with context.store.write() as session:
        revisions = await _answer_of(session, reply_id)
        restored = await verdicts.restore_verdicts(session, [each.id for each in revisions], context.now())
    if not restored:
        raise DeskError(f"no editor has decided about reply {reply_id}: there is nothing to restore")
    return restored


async def _get(session: AsyncSession, reply_id: int) -> Reply:
    reply = await session.get(Reply, reply_id)
    if reply is None:
        raise DeskError(f"there is no reply {reply_id}: `pullquote replies` lists them with their ids")
    return reply


async def _answer_of(session: AsyncSession, reply_id: int) -> list[Revision]:
    """The newest revisions of all parts of the answer that a reply belongs to."""
    reply = await _get(session, reply_id)
    rows = await replies.load_replies(session, reply.question_id)
    by_id = {row[0].id: row[2] for row in rows}
    answers = group_answers(row[0] for row in rows)
    answer = next(parts for parts in answers if any(part.id == reply_id for part in parts))
    return [by_id[part.id] for part in answer]
