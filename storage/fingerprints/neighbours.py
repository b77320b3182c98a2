"""Earlier texts of other questions of a workspace that share a print with some wordings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Fingerprint, Question, Reply, Revision
from storage.sql.bulk import is_sqlite
from storage.sql.chunks import chunked

Print = tuple[int, int]
"""Its kind (`storage.states.PrintKind`) and its hash."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A wording of another question that has a print. question: its slug."""

    revision_id: int
    reply_id: int
    platform: str
    remote_id: str
    question: str
    author_id: int
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """own: of each wording the prints that others have too. holders: who has a print, in no order."""

    own: Mapping[int, Collection[Print]]
    holders: Mapping[Print, Collection[Holder]]


async def find_holders(
    session: AsyncSession, question_id: int, revision_ids: Sequence[int], reach: timedelta, most: int
) -> Found:
    """Who in other questions has a print of these wordings, and was at most `reach` before one of them.

    Of a day (UTC) the first `most` that have it: a text that everybody pastes costs no more than one that few do.
    """
    holders: dict[Print, list[Holder]] = defaultdict(list)
    workspace, first, last = (
        await session.execute(
            select(Question.workspace, func.min(Reply.posted_at), func.max(Reply.posted_at))
            .join(Reply, Reply.question_id == Question.id)
            .join(Revision, Revision.reply_id == Reply.id)
            .where(Question.id == question_id, Revision.id.in_(revision_ids))
            .group_by(Question.workspace)
        )
    ).one()
    mine = select(Fingerprint.kind, Fingerprint.hash).distinct().where(Fingerprint.revision_id.in_(revision_ids))
    own, theirs = mine.subquery(), aliased(Fingerprint)
    place = func.row_number().over(
        partition_by=(theirs.kind, theirs.hash, _day(session)),
        order_by=(Reply.posted_at, Reply.platform, Reply.remote_id),
    )
    ranked = (
        select(
            theirs.kind, theirs.hash, theirs.revision_id, Revision.reply_id, Reply.platform, Reply.remote_id,
            Question.slug, Reply.author_id, Reply.posted_at, place.label("place"),
        )
        .select_from(own)
        .join(theirs, (theirs.kind == own.c.kind) & (theirs.hash == own.c.hash))
        .join(Revision, Revision.id == theirs.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Question, Question.id == Reply.question_id)
        .where(Question.workspace == workspace, Question.id != question_id)
        .where(Reply.posted_at >= first - reach - timedelta(days=1), Reply.posted_at <= last)
        .subquery()
    )  # fmt: skip
    for kind, number, *holder, _ in await session.execute(select(ranked).where(ranked.c.place <= most)):
        holders[kind, number].append(Holder(*holder))
    return Found(await _load_own(session, revision_ids, holders), holders)


def _day(session: AsyncSession) -> ColumnElement[str]:
    moment = Reply.posted_at if is_sqlite(session) else func.timezone("UTC", Reply.posted_at)
    return func.date(moment)


async def _load_own(
    session: AsyncSession, revision_ids: Sequence[int], wanted: Mapping[Print, object]
) -> dict[int, list[Print]]:
    own: dict[int, list[Print]] = defaultdict(list)
    for chunk in chunked(sorted({number for _, number in wanted})):
        rows = await session.execute(
            select(Fingerprint.revision_id, Fingerprint.kind, Fingerprint.hash).where(
                Fingerprint.revision_id.in_(revision_ids), Fingerprint.hash.in_(chunk)
            )
        )
        for revision_id, kind, number in rows:
            if (kind, number) in wanted:
                own[revision_id].append((kind, number))
    return own
