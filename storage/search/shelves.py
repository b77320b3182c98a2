"""Answers on the shelves of an editor's list: worth reading, kept, set aside and so on; the best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CountedReply, Look, Reply, Verdict
from storage.search.words import Wanted, find_replies
from storage.sql.upsert import insert
from storage.states import Outcome, VerdictValue

MOST_FOUND = 500
"""Answers of which words are looked for on a shelf."""
_FIRST_HAND = ('%"first_hand"%', '%"rank_experience"%')
"""Reasons of verdicts that speak of it (`bot/words`, `[reasons]`)."""


class Shelf(StrEnum):
    """Which answers to a question. WORTH: usable, and what may be a refusal first. UNSEEN: nobody looked at them.

    ASIDE: by a rule, an editor or the estimate. BARRED: may not be quoted. NEW: came since somebody looked last.
    """

    WORTH = "worth"
    UNSEEN = "unseen"
    NEW = "new"
    FIRST_HAND = "first_hand"
    KEPT = "kept"
    ASIDE = "aside"
    BARRED = "barred"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ShelfCounts:
    """How many answers to a question there are, and were looked at; and how many stand on the shelves that cost
    nothing to count.
    """

    answers: int
    read: int
    shelves: dict[Shelf, int]


# ---------------------------------------------------------------- which


def _is_looked_at() -> ColumnElement[bool]:
    return select(Look.reply_id).where(Look.reply_id == CountedReply.reply_id).exists()


def _is_by_editor() -> ColumnElement[bool]:
    own = (Verdict.revision_id == CountedReply.revision_id, Verdict.editor.is_not(None), Verdict.restored_at.is_(None))
    return select(Verdict.id).where(*own).exists()


def _is_first_hand() -> ColumnElement[bool]:
    told = [cast(Verdict.reasons, Text).like(pattern) for pattern in _FIRST_HAND]
    return select(Verdict.id).where(Verdict.revision_id == CountedReply.revision_id, told[0] | told[1]).exists()


def _is_newer(at: datetime | None) -> ColumnElement[bool]:
    later = [] if at is None else [Reply.seen_at > at]
    return select(Reply.id).where(Reply.id == CountedReply.reply_id, *later).exists()


async def _list_groups(session: AsyncSession, question_id: int, shelf: Shelf) -> list[list[ColumnElement[bool]]]:
    """The conditions of a shelf, one list for each group: the groups stand one after the other."""
    outcome = CountedReply.outcome
    simple: dict[Shelf, list[list[ColumnElement[bool]]]] = {
        Shelf.WORTH: [[outcome == Outcome.HELD], [outcome.in_((Outcome.USABLE, Outcome.UNJUDGED))]],
        Shelf.ASIDE: [[outcome.in_((Outcome.ASIDE, Outcome.RANKED_OUT))]],
        Shelf.BARRED: [
            [outcome == Outcome.HELD],
            [outcome.in_((Outcome.USABLE, Outcome.BARRED)), CountedReply.barrier != ""],
        ],
        Shelf.UNSEEN: [[outcome.is_not(None), ~_is_looked_at()]],
        Shelf.KEPT: [[outcome.is_not(None), CountedReply.verdict == VerdictValue.KEEP, _is_by_editor()]],
        Shelf.FIRST_HAND: [[outcome.in_((Outcome.USABLE, Outcome.HELD)), _is_first_hand()]],
        Shelf.ALL: [[outcome.is_not(None)]],
    }
    if shelf is not Shelf.NEW:
        return simple[shelf]
    return [[outcome.is_not(None), ~_is_looked_at(), _is_newer(await _find_last_look(session, question_id))]]


async def _find_last_look(session: AsyncSession, question_id: int) -> datetime | None:
    found: datetime | None = await session.scalar(
        select(func.max(Look.looked_at))
        .join(CountedReply, CountedReply.reply_id == Look.reply_id)
        .where(CountedReply.question_id == question_id)
    )
    return found


# ---------------------------------------------------------------- a page


async def find_shelved(
    session: AsyncSession, question_id: int, shelf: Shelf, *, words: str = "", limit: int, offset: int = 0
) -> tuple[list[int], int]:
    """Ids of the first replies of answers, a page of them, best first; and how many stand on the shelf.

    words: only those whose text or author has them, looked for among the nearest `MOST_FOUND`.
    """
    among: list[ColumnElement[bool]] = []
    if words.strip():
        hits, _ = await find_replies(session, Wanted([question_id], words), MOST_FOUND)
        among = [CountedReply.reply_id.in_(hits)]
    ids: list[int] = []
    total = 0
    for group in await _list_groups(session, question_id, shelf):
        conditions = (CountedReply.question_id == question_id, *group, *among)
        number = await session.scalar(select(func.count()).where(*conditions)) or 0
        begin = max(0, offset - total)
        total += number
        if begin < number and len(ids) < limit:
            ids += await session.scalars(
                select(CountedReply.reply_id)
                .where(*conditions)
                .order_by(CountedReply.score.desc(), CountedReply.reply_id)
                .limit(limit - len(ids))
                .offset(begin)
            )
    return ids, total


async def count_shelves(session: AsyncSession, question_id: int) -> ShelfCounts:
    """By an index, whatever a question has."""
    rows = await session.execute(
        select(CountedReply.outcome, func.count())
        .where(CountedReply.question_id == question_id, CountedReply.outcome.is_not(None))
        .group_by(CountedReply.outcome)
    )
    by = {outcome: number for outcome, number in rows if outcome is not None}
    read = await session.scalar(
        select(func.count())
        .select_from(Look)
        .join(CountedReply, CountedReply.reply_id == Look.reply_id)
        .where(CountedReply.question_id == question_id, CountedReply.outcome.is_not(None))
    )
    shelves = {
        Shelf.WORTH: sum(by.get(each, 0) for each in (Outcome.HELD, Outcome.USABLE, Outcome.UNJUDGED)),
        Shelf.ASIDE: sum(by.get(each, 0) for each in (Outcome.ASIDE, Outcome.RANKED_OUT)),
        Shelf.ALL: sum(by.values()),
    }
    return ShelfCounts(sum(by.values()), read or 0, shelves)


# ---------------------------------------------------------------- looking, and an order of one's own


async def note_look(session: AsyncSession, reply_id: int, at: datetime) -> None:
    """An editor has read the answer that begins with this reply."""
    noted = insert(session, Look).values(reply_id=reply_id, looked_at=at)
    await session.execute(noted.on_conflict_do_update(index_elements=["reply_id"], set_={"looked_at": at}))


async def list_kept(session: AsyncSession, question_id: int, most: int) -> list[int]:
    """First replies of the answers that an editor keeps, in the editor's order; what has no place yet is last."""
    (group,) = await _list_groups(session, question_id, Shelf.KEPT)
    rows = await session.scalars(
        select(CountedReply.reply_id)
        .outerjoin(Look, Look.reply_id == CountedReply.reply_id)
        .where(CountedReply.question_id == question_id, *group)
        .order_by(case((Look.place.is_(None), 1), else_=0), Look.place, CountedReply.reply_id)
        .limit(most)
    )
    return list(rows)


async def set_places(session: AsyncSession, reply_ids: Sequence[int], at: datetime) -> None:
    """These answers stand in this order."""
    for place, reply_id in enumerate(reply_ids):
        noted = insert(session, Look).values(reply_id=reply_id, looked_at=at, place=place)
        await session.execute(noted.on_conflict_do_update(index_elements=["reply_id"], set_={"place": place}))
