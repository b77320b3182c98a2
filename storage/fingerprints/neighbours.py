"""Earlier texts of other questions of a workspace that share a print with some wordings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Fingerprint, Question, Reply, Revision
from storage.sql.bulk import is_sqlite
from storage.sql.chunks import chunked

Print = tuple[int, int]
"""Its kind (`storage.states.PrintKind`) and its hash."""

_DAY = timedelta(days=1)


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
    """Who in other questions has a print of some of a question's wordings, and was at most `reach` before the first.

    Of a day (UTC) the first `most` that have it: a text that everybody pastes costs no more than one that few do. Each
    print is looked up once, and who has it is asked only of prints that are not one wording's alone.
    """
    holders: dict[Print, list[Holder]] = defaultdict(list)
    own: dict[int, list[Print]] = {}
    for chunk in chunked(revision_ids):
        span = await session.execute(
            select(Question.workspace, func.min(Reply.posted_at), func.max(Reply.posted_at))
            .join(Reply, Reply.question_id == Question.id)
            .join(Revision, Revision.reply_id == Reply.id)
            .where(Revision.id.in_(chunk))
            .group_by(Question.workspace)
        )
        shared: dict[Print, list[Holder]] = defaultdict(list)
        for workspace, first, last in span:
            query = _rank_holders(session, question_id, chunk).where(
                Question.workspace == workspace, Reply.posted_at >= first - reach - _DAY, Reply.posted_at <= last
            )
            ranked = query.subquery()
            for kind, number, *holder, _ in await session.execute(select(ranked).where(ranked.c.place <= most)):
                shared[kind, number].append(Holder(*holder))
        own |= await _load_own(session, chunk, shared)
        for each, found in shared.items():
            holders[each] += found
    return Found(own, holders)


def _rank_holders(session: AsyncSession, question_id: int, revision_ids: Sequence[int]) -> Select[Any]:
    """(kind, hash, what a Holder has, its place of the day) of prints that some wordings of a question have too."""
    other = aliased(Fingerprint)
    own = Fingerprint.revision_id.in_(revision_ids)
    is_held = (other.kind == Fingerprint.kind) & (other.hash == Fingerprint.hash)
    shared = (
        select(Fingerprint.kind, Fingerprint.hash)
        .distinct()
        .where(own, exists().where(is_held, other.revision_id != Fingerprint.revision_id))
        .subquery()
    )
    theirs = aliased(Fingerprint)
    place = func.row_number().over(
        partition_by=(theirs.kind, theirs.hash, _day(session)),
        order_by=(Reply.posted_at, Reply.platform, Reply.remote_id),
    )
    return (
        select(
            theirs.kind, theirs.hash, theirs.revision_id, Revision.reply_id, Reply.platform, Reply.remote_id,
            Question.slug, Reply.author_id, Reply.posted_at, place.label("place"),
        )
        .select_from(shared)
        .join(theirs, (theirs.kind == shared.c.kind) & (theirs.hash == shared.c.hash))
        .join(Revision, Revision.id == theirs.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Question, Question.id == Reply.question_id)
        .where(Question.id != question_id)
    )  # fmt: skip


def _day(session: AsyncSession) -> ColumnElement[str]:
    moment = Reply.posted_at if is_sqlite(session) else func.timezone("UTC", Reply.posted_at)
    return func.date(moment)


async def _load_own(
    session: AsyncSession, revision_ids: Sequence[int], wanted: Mapping[Print, object]
) -> dict[int, list[Print]]:
    own: dict[int, list[Print]] = defaultdict(list)
    if not wanted:
        return own
    rows = await session.execute(
        select(Fingerprint.revision_id, Fingerprint.kind, Fingerprint.hash).where(
            Fingerprint.revision_id.in_(revision_ids)
        )
    )
    for revision_id, kind, number in rows:
        if (kind, number) in wanted:
            own[revision_id].append((kind, number))
    return own
