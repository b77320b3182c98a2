"""Answers on the shelves of an editor's list: worth reading, kept, set aside and so on; the best first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AnswerCount, CountedReply, Look, Reply
from storage.search.words import select_having
from storage.sql.upsert import insert
from storage.states import Outcome, VerdictValue

MOST_FOUND = 2_000
"""Wordings with some words, and authors with such a name, that are looked at for a shelf."""


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
    """How many answers to a question there are, and were looked at; and how many stand on the shelves, but for NEW.

    kinds: what they are counted from.
    """

    answers: int
    read: int
    shelves: dict[Shelf, int]
    kinds: Sequence[AnswerCount]


# ---------------------------------------------------------------- which


@dataclass(frozen=True, slots=True)
class _Group:
    """Answers with one of these outcomes; where that is said, only what has a barrier, or is first-hand."""

    outcomes: Collection[Outcome] = tuple(Outcome)
    barred: bool = False
    first_hand: bool = False

    def select(self) -> list[ColumnElement[bool]]:
        """The conditions of it, on `CountedReply`."""
        outcome = CountedReply.outcome
        among = outcome.is_not(None) if len(self.outcomes) == len(Outcome) else outcome.in_(self.outcomes)
        barred = [CountedReply.barrier != ""] if self.barred else []
        return [among, *barred, *([CountedReply.first_hand.is_(True)] if self.first_hand else [])]

    def count(self, kinds: Iterable[AnswerCount]) -> int:
        """How many they are."""
        return sum(
            kind.number
            for kind in kinds
            if kind.outcome in self.outcomes and kind.barred >= self.barred and kind.first_hand >= self.first_hand
        )


_HELD, _ALL = _Group((Outcome.HELD,)), _Group()
_GROUPS = {
    Shelf.WORTH: (_HELD, _Group((Outcome.USABLE, Outcome.UNJUDGED))),
    Shelf.FIRST_HAND: (_Group((Outcome.USABLE, Outcome.HELD), first_hand=True),),
    Shelf.ASIDE: (_Group((Outcome.ASIDE, Outcome.RANKED_OUT)),),
    Shelf.BARRED: (_HELD, _Group((Outcome.USABLE, Outcome.BARRED), barred=True)),
    Shelf.ALL: (_ALL,),
}
"""What stands on a shelf: one group after the other."""
_BEST_FIRST = (CountedReply.score.desc(), CountedReply.reply_id.desc())
"""As an index has them; the newest of those that are as good."""
_IS_KEPT = (CountedReply.decided == VerdictValue.KEEP, CountedReply.outcome.is_not(None))


def _is_looked_at() -> ColumnElement[bool]:
    return select(Look.reply_id).where(Look.reply_id == CountedReply.reply_id).exists()


def _is_of(question_id: int) -> ColumnElement[bool]:
    """A condition on `Look`: from the few that were looked at, not from all replies."""
    here = (CountedReply.reply_id == Look.reply_id, CountedReply.question_id + 0 == question_id)
    return select(CountedReply.reply_id).where(*here, CountedReply.outcome.is_not(None)).exists()


# ---------------------------------------------------------------- a page


async def find_shelved(
    session: AsyncSession,
    question_id: int,
    shelf: Shelf,
    counts: ShelfCounts,
    *,
    words: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[int], int]:
    """Ids of the first replies of answers, a page of them, best first; and how many stand on the shelf.

    counts: of the question. words: only those whose text or author has them, among the newest `MOST_FOUND`.
    """
    groups = _GROUPS.get(shelf, (_ALL,))
    others: Sequence[ColumnElement[bool]] = ()
    numbers = [group.count(counts.kinds) for group in groups]
    if shelf not in _GROUPS:
        others, numbers[0] = await _find_others(session, question_id, shelf, counts)
    if words.strip():
        found = await _find_having(session, question_id, groups, others, words)
        return found[offset : offset + limit], len(found)
    ids: list[int] = []
    for group, number in zip(groups, numbers, strict=True):
        if offset < number and len(ids) < limit:
            ids += await session.scalars(
                select(CountedReply.reply_id)
                .where(CountedReply.question_id == question_id, *group.select(), *others)
                .order_by(*_BEST_FIRST)
                .limit(limit - len(ids))
                .offset(offset)
            )
        offset = max(0, offset - number)
    return ids, sum(numbers)


async def _find_others(
    session: AsyncSession, question_id: int, shelf: Shelf, counts: ShelfCounts
) -> tuple[Sequence[ColumnElement[bool]], int]:
    """What else is asked of the answers of a shelf that stands in no `_GROUPS`, and how many they are."""
    if shelf is Shelf.KEPT:
        return _IS_KEPT, counts.shelves[shelf]
    last = await session.scalar(select(func.max(Look.looked_at)).where(_is_of(question_id)))
    if shelf is Shelf.UNSEEN or last is None:
        return [~_is_looked_at()], counts.shelves[Shelf.UNSEEN]
    newer = select(Reply.id).where(Reply.seen_at > last)
    is_new = (CountedReply.reply_id.in_(newer), CountedReply.question_id + 0 == question_id, ~_is_looked_at())
    return is_new, await session.scalar(select(func.count()).where(*_ALL.select(), *is_new)) or 0


async def _find_having(
    session: AsyncSession,
    question_id: int,
    groups: Sequence[_Group],
    others: Sequence[ColumnElement[bool]],
    words: str,
) -> list[int]:
    """All of a shelf that were found by words, in its order."""
    having = await select_having(session, question_id, words, MOST_FOUND)
    if having is None:
        return []
    conditions = [and_(*group.select()) for group in groups]
    order = case(*((each, place) for place, each in enumerate(conditions)))
    rows = await session.scalars(
        select(CountedReply.reply_id)
        .where(CountedReply.reply_id.in_(having), or_(*conditions), *others)
        .order_by(order, *_BEST_FIRST)
    )
    return list(rows)


async def count_shelves(session: AsyncSession, question_id: int) -> ShelfCounts:
    """From what is summed up, however many a question has."""
    kinds = list(await session.scalars(select(AnswerCount).where(AnswerCount.question_id == question_id)))
    read = await session.scalar(select(func.count()).select_from(Look).where(_is_of(question_id)))
    kept = await session.scalar(select(func.count()).where(CountedReply.question_id == question_id, *_IS_KEPT))
    answers = _ALL.count(kinds)
    shelves = {shelf: sum(group.count(kinds) for group in groups) for shelf, groups in _GROUPS.items()}
    shelves |= {Shelf.KEPT: kept or 0, Shelf.UNSEEN: answers - (read or 0)}
    return ShelfCounts(answers, read or 0, shelves, kinds)


async def list_revisions(session: AsyncSession, question_id: int, most: int) -> list[int]:
    """The wordings with which answers to a question begin, the best first."""
    rows = await session.scalars(
        select(CountedReply.revision_id)
        .where(CountedReply.question_id == question_id, CountedReply.outcome.is_not(None))
        .order_by(*_BEST_FIRST)
        .limit(most)
    )
    return list(rows)


# ---------------------------------------------------------------- looking, and an order of one's own


async def note_look(session: AsyncSession, reply_id: int, at: datetime) -> None:
    """An editor has read the answer that begins with this reply."""
    noted = insert(session, Look).values(reply_id=reply_id, looked_at=at)
    await session.execute(noted.on_conflict_do_update(index_elements=["reply_id"], set_={"looked_at": at}))


async def list_kept(session: AsyncSession, question_id: int, most: int) -> list[int]:
    """First replies of the answers that an editor keeps, in the editor's order; what has no place yet is last."""
    rows = await session.scalars(
        select(CountedReply.reply_id)
        .outerjoin(Look, Look.reply_id == CountedReply.reply_id)
        .where(CountedReply.question_id == question_id, *_IS_KEPT)
        .order_by(case((Look.place.is_(None), 1), else_=0), Look.place, CountedReply.reply_id)
        .limit(most)
    )
    return list(rows)


async def set_places(session: AsyncSession, reply_ids: Sequence[int], at: datetime) -> None:
    """These answers stand in this order."""
    for place, reply_id in enumerate(reply_ids):
        noted = insert(session, Look).values(reply_id=reply_id, looked_at=at, place=place)
        await session.execute(noted.on_conflict_do_update(index_elements=["reply_id"], set_={"place": place}))
