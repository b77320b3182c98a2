"""The prints of newest wordings: written, and gone with the words. What they made of others is then judged again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.fingerprints.outlines import drop_outlines, forget_judged
from storage.models import Consent, Fingerprint, Question, Reply, Revision
from storage.sql.bulk import BulkInsert
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import AGREEMENTS, REFUSALS, Origin

_INSERT_PRINT = BulkInsert(
    into="fingerprints (kind, hash, revision_id)",
    values="?, ?, ?",
    types=("int2", "int8", "int"),
    conflict="ON CONFLICT DO NOTHING",
)
_TICK = timedelta(microseconds=1)
_GIVEN: BindParameter[int] = bindparam("given", expanding=True)


async def load_unprinted(session: AsyncSession, reply_ids: Sequence[int], shortest: int) -> list[tuple[int, str]]:
    """(Revision id, text) of newest wordings of some replies, of so many characters at least, without prints."""
    printed = select(Fingerprint.revision_id).where(Fingerprint.revision_id == Revision.id)
    query = (
        select(Revision.id, Revision.text)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.id.in_(reply_ids), func.length(Revision.text) >= shortest, newest_revision())
        .where(~_is_refused(), ~printed.exists())
        .order_by(Revision.id)
    )
    return [(revision_id, text or "") for revision_id, text in await session.execute(query)]


async def load_texts(session: AsyncSession, revision_ids: Sequence[int]) -> list[tuple[int, str]]:
    """(Revision id, text) of those that have their words yet."""
    query = select(Revision.id, Revision.text).where(Revision.id.in_(revision_ids), Revision.text.is_not(None))
    return [(revision_id, text or "") for revision_id, text in await session.execute(query.order_by(Revision.id))]


async def load_authors(session: AsyncSession, revision_ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """(Author id, whether it was imported) of each of these revisions."""
    query = select(Revision.id, Reply.author_id, Reply.origin == Origin.IMPORTED)
    rows = await session.execute(query.join(Reply, Reply.id == Revision.reply_id).where(Revision.id.in_(revision_ids)))
    return {revision_id: (author_id, imported) for revision_id, author_id, imported in rows}


async def write_prints(session: AsyncSession, prints: Mapping[int, Collection[tuple[int, int]]], now: datetime) -> None:
    """Write the prints, (kind, hash), of these revisions in place of those they have.

    Of what was emptied or edited since it was read nothing is written: until this transaction ends, nobody empties it.
    """
    standing = await session.execute(
        select(Revision.id, Revision.text.is_not(None))
        .where(Revision.id.in_(list(prints)), newest_revision())
        .with_for_update(read=True)
    )
    ids = [revision_id for revision_id, has_words in standing if has_words]
    await session.execute(delete(Fingerprint).where(Fingerprint.revision_id.in_(list(prints))))
    rows = [(kind, number, revision_id) for revision_id in sorted(ids) for kind, number in sorted(prints[revision_id])]
    await _INSERT_PRINT.run(session, rows)
    await _judge_again(session, ids, now)


async def drop_prints(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    """The words of these replies are gone, and so is what was made of them."""
    await drop_outlines(session, reply_ids)
    for chunk in chunked(reply_ids):
        await drop_prints_of(session, list(await session.scalars(_list_printed(Revision.reply_id.in_(chunk)))), now)


async def drop_prints_of_question(session: AsyncSession, question_id: int, now: datetime) -> None:
    """Other rules make other prints."""
    of_question = Revision.reply_id.in_(select(Reply.id).where(Reply.question_id == question_id))
    await drop_prints_of(session, list(await session.scalars(_list_printed(of_question))), now)


async def drop_superseded(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    """Other words stand for those that some replies had: nobody is compared with what somebody took back."""
    superseded = await session.scalars(_list_printed(Revision.reply_id.in_(reply_ids), ~newest_revision()))
    await drop_prints_of(session, list(superseded), now)


async def drop_refused(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> None:
    """These wordings were refused, and with them the other wordings of their replies."""
    for chunk in chunked(revision_ids):
        refused = select(Revision.reply_id).where(Revision.id.in_(chunk))
        await drop_prints_of(session, list(await session.scalars(_list_printed(Revision.reply_id.in_(refused)))), now)


async def drop_prints_of(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> None:
    """The prints of these wordings go."""
    for chunk in chunked(revision_ids):
        await _judge_again(session, chunk, now)
        await session.execute(delete(Fingerprint).where(Fingerprint.revision_id.in_(chunk)))


def _list_printed(*conditions: ColumnElement[bool]) -> Select[int]:
    printed = select(Fingerprint.revision_id).where(Fingerprint.revision_id == Revision.id)
    return select(Revision.id).where(*conditions, printed.exists())


@cache  # to make it takes longer than to run it
def _is_refused() -> ColumnElement[bool]:
    """A condition on `Reply`: a no stands over all its wordings, unless a yes came after it."""
    no, refused, yes, agreed = aliased(Consent), aliased(Revision), aliased(Consent), aliased(Revision)
    later = exists().where(
        yes.revision_id == agreed.id, agreed.reply_id == Reply.id, yes.state.in_(AGREEMENTS), yes.id > no.id
    )
    return exists().where(no.revision_id == refused.id, refused.reply_id == Reply.id, no.state.in_(REFUSALS), ~later)


async def _judge_again(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> None:
    """Other questions of the workspace have later texts with one of these prints: what they share has changed.

    `changed_at` moves on even where the clock did not, so that nobody who judges right now takes it for judged.
    """
    found = (await session.execute(_find_later(), {"given": list(revision_ids)})).all() if revision_ids else []
    await forget_judged(session, [(each.id, each.reply_id) for each in found])
    for question_id, changed_at in {(each.id, each.changed_at) for each in found}:
        moment = now if changed_at is None else max(now, changed_at + _TICK)
        await session.execute(update(Question).where(Question.id == question_id).values(changed_at=moment))


@cache
def _find_later() -> Select[int, datetime | None, int]:
    """Each print of these wordings is looked up once, however many of them have it."""
    mine = (
        select(
            Question.workspace,
            Reply.question_id,
            Fingerprint.kind,
            Fingerprint.hash,
            func.min(Reply.posted_at).label("first"),
        )
        .join(Revision, Revision.id == Fingerprint.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Question, Question.id == Reply.question_id)
        .where(Fingerprint.revision_id.in_(_GIVEN))
        .group_by(Question.workspace, Reply.question_id, Fingerprint.kind, Fingerprint.hash)
        .subquery()
    )
    theirs, revision = aliased(Fingerprint), aliased(Revision)
    reply, question = aliased(Reply), aliased(Question)
    return (
        select(question.id, question.changed_at, reply.id.label("reply_id"))
        .distinct()
        .select_from(mine)
        .join(theirs, (theirs.kind == mine.c.kind) & (theirs.hash == mine.c.hash))
        .join(revision, revision.id == theirs.revision_id)
        .join(reply, reply.id == revision.reply_id)
        .join(question, question.id == reply.question_id)
        .where(
            theirs.revision_id.not_in(_GIVEN),
            question.workspace == mine.c.workspace,
            question.id != mine.c.question_id,
            reply.posted_at >= mine.c.first,
        )
    )
