"""Requests for leave: rows of `Outgoing`, one for each wording of a reply, in the place of its community."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Author, Consent, Outgoing, Question, Reply, Revision
from storage.states import TOMBSTONES, ConsentState, OutgoingState

KIND = "leave"


@dataclass(frozen=True, slots=True)
class Request:
    """A request with the reply that it is about. payload: revision, start, end, wording, language, by."""

    row: Outgoing
    reply: Reply
    author: Author
    question: Question

    @property
    def is_gone(self) -> bool:
        """Whether there are no words any more to decide about."""
        return self.reply.state in TOMBSTONES or self.row.state is OutgoingState.TAKEN_BACK


async def load_request(session: AsyncSession, account_id: int, request_id: int) -> Request | None:
    """A request of an account by its id."""
    row = (
        await session.execute(
            select(Outgoing, Reply, Author, Question)
            .join(Reply, Reply.id == Outgoing.reply_id)
            .join(Author, Author.id == Reply.author_id)
            .join(Question, Question.id == Reply.question_id)
            .where(Outgoing.id == request_id, Outgoing.kind == KIND, Outgoing.account_id == account_id)
        )
    ).first()
    return None if row is None else Request(*row)


async def load_ledger(session: AsyncSession, reply_id: int) -> list[tuple[int, ConsentState]]:
    """(revision id, state) of what was decided about a reply, oldest first."""
    rows = await session.execute(
        select(Consent.revision_id, Consent.state)
        .join(Revision, Revision.id == Consent.revision_id)
        .where(Revision.reply_id == reply_id)
        .order_by(Consent.id)
    )
    return [(revision_id, state) for revision_id, state in rows]


async def count_requests(session: AsyncSession, account_id: int, place: str, since: datetime) -> int:
    """How many were made in a place since a moment. Nobody else counts there until this transaction ends."""
    await session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    query = select(func.count()).where(
        Outgoing.kind == KIND,
        Outgoing.place == place,
        Outgoing.due_at >= since,
        Outgoing.state != OutgoingState.FAILED,
    )
    return await session.scalar(query) or 0


async def list_requests(session: AsyncSession, reply_ids: Collection[int]) -> list[Outgoing]:
    """Requests about these replies, oldest first."""
    rows = await session.scalars(
        select(Outgoing).where(Outgoing.kind == KIND, Outgoing.reply_id.in_(reply_ids)).order_by(Outgoing.id)
    )
    return list(rows)


async def drop_failed(session: AsyncSession, reply_id: int) -> None:
    """Forget those about a reply that certainly never went out, so that its author can be asked."""
    failed = (Outgoing.kind == KIND, Outgoing.reply_id == reply_id, Outgoing.state == OutgoingState.FAILED)
    await session.execute(delete(Outgoing).where(*failed))


async def list_orphans(session: AsyncSession, accounts: Collection[int], now: datetime) -> list[Outgoing]:
    """Requests that stand under a message whose words are gone: they repeat them, so they go too."""
    is_time = (Outgoing.retry_at.is_(None)) | (Outgoing.retry_at <= now)
    return list(await session.scalars(select_orphans(accounts).where(is_time)))


def select_orphans(accounts: Collection[int]) -> Select[Outgoing]:
    """The same, those too that are tried again at a later moment."""
    return (
        select(Outgoing)
        .join(Reply, Reply.id == Outgoing.reply_id)
        .where(
            Outgoing.kind == KIND,
            Outgoing.account_id.in_(accounts),
            Outgoing.state == OutgoingState.SENT,
            Reply.state.in_(TOMBSTONES),
        )
        .order_by(Outgoing.id)
    )


async def take_back(session: AsyncSession, request_id: int) -> None:
    """Mark a request as removed and empty its words."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.id == request_id)
        .values(state=OutgoingState.TAKEN_BACK, payload={}, retry_at=None)
    )


async def try_again(session: AsyncSession, request_id: int, at: datetime) -> None:
    """Try at a later moment to remove a request."""
    await session.execute(update(Outgoing).where(Outgoing.id == request_id).values(retry_at=at))
