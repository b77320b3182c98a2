"""What was printed: rows without words."""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, Printing, Question, Reply, Revision
from storage.sql.upsert import insert


async def record_printing(session: AsyncSession, printing: Printing) -> int | None:
    """Note where a passage was printed; answers the id of the row, None where it is known already."""
    columns = Printing.__table__.columns.keys()
    values = {name: getattr(printing, name) for name in columns if name != "id"}
    new = await session.execute(
        insert(session, Printing).values(**values).on_conflict_do_nothing().returning(Printing.id)
    )
    found = new.first()
    return None if found is None else int(found[0])


async def load_printings(
    session: AsyncSession, workspace: str | None, author_id: int | None = None
) -> list[tuple[Printing, Author]]:
    """What was printed of a workspace's answers (None: of all), of all authors or of one, oldest first."""
    query = (
        select(Printing, Author)
        .join(Reply, Reply.id == Printing.reply_id)
        .join(Author, Author.id == Reply.author_id)
        .order_by(Printing.at, Printing.id)
    )
    if workspace is not None:
        # from the few that were printed, not from all replies
        query = query.where(exists().where(Question.id == Reply.question_id, Question.workspace == workspace))
    if author_id is not None:
        query = query.where(Author.id == author_id)
    return [(printing, author) for printing, author in await session.execute(query)]


async def printed_among(session: AsyncSession, reply_ids: Collection[int]) -> set[int]:
    """Those of the replies that were printed: their words are kept, as those of quotes are."""
    return set(await session.scalars(select(Printing.reply_id).distinct())) & set(reply_ids)


async def find_replies(session: AsyncSession, workspace: str, named: str) -> Sequence[Reply]:
    """Replies of a workspace by their link, or by words that stand in them exactly."""
    query = select(Reply).join(Question, Question.id == Reply.question_id)
    query = query.where(Question.workspace == workspace).order_by(Reply.id).limit(10)
    by_link = list(await session.scalars(query.where(Reply.link == named)))
    if by_link or not named.strip():
        return by_link
    worded = exists().where(Revision.reply_id == Reply.id, Revision.text.contains(named, autoescape=True))
    return list(await session.scalars(query.where(worded)))
