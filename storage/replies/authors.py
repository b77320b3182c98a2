"""Authors: finding them, and what an editor decided about them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.barred import bar_person, unbar_person
from storage.models import Account, Author, Question, Reply
from storage.replies.stale import note_author
from storage.sql.chunks import chunked
from storage.states import Bar


async def find_authors(session: AsyncSession, workspace: str, named: str) -> list[Author]:
    """Authors who answered in a workspace, by id, handle, PLATFORM:HANDLE or whole name; an id is never ambiguous."""
    answered = select(Reply.author_id).join(Question, Question.id == Reply.question_id)
    here = Author.id.in_(answered.where(Question.workspace == workspace))
    if named.isdecimal() and len(named) < 19:
        by_id = await session.scalars(select(Author).where(here, Author.id == int(named)))
        if found := list(by_id):
            return found
    rows = await session.scalars(select(Author).where(here, _is_named(named)).order_by(Author.id))
    return list(rows)


async def find_member(session: AsyncSession, account_id: int, remote_id: str) -> Author | None:
    """Who has this id on the platform of an account."""
    query = select(Author).join(Account, Account.platform == Author.platform)
    found: Author | None = await session.scalar(query.where(Account.id == account_id, Author.remote_id == remote_id))
    return found


def _is_named(named: str) -> ColumnElement[bool]:
    name = named.removeprefix("@")
    platform, _, handle = named.partition(":")
    ways = [Author.handle == name, Author.remote_id == name, Author.display_name == named]
    if handle:
        ways.append(and_(Author.platform == platform, Author.handle == handle.removeprefix("@")))
    return or_(*ways)


async def find_similar(session: AsyncSession, workspace: str, named: str, most: int) -> list[Author]:
    """At most `most` authors who answered in a workspace and whose handle or name contains `named`, in any case; of
    whoever was erased there is nothing to be found.
    """
    contains = or_(*(each.icontains(named, autoescape=True) for each in (Author.handle, Author.display_name)))
    # asked of one author after the other, as far as is wanted: not of everybody who answered
    here = exists().where(
        Reply.author_id == Author.id, Question.id == Reply.question_id, Question.workspace == workspace
    )
    contains = and_(contains, ~Author.remote_id.startswith("erased:"))
    return list(await session.scalars(select(Author).where(contains, here).order_by(Author.id).limit(most)))


async def set_do_not_quote(session: AsyncSession, author: Author, reason: str, at: datetime | None) -> None:
    """Put an author on the do-not-quote list at a moment, or off it with None."""
    author.do_not_quote, author.do_not_quote_at = at is not None, at
    author.do_not_quote_reason = reason or None
    bar_or_not = unbar_person if at is None else bar_person
    await bar_or_not(session, author.platform, author.remote_id, Bar.DO_NOT_QUOTE)
    await note_author(session, author.id)


async def load_handles(session: AsyncSession, author_ids: Collection[int]) -> dict[int, str]:
    """The handle of each author, by id; "" where no profile was read."""
    found: dict[int, str] = {}
    for chunk in chunked(sorted(author_ids)):
        rows = await session.execute(select(Author.id, Author.handle).where(Author.id.in_(chunk)))
        found.update(rows.all())
    return found
