"""The Inbox: what people hand in through buttons and forms of one account. The second way into the one ingest."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from adapters.base import Leave
from adapters.base import Reply as Read
from bot.collect import reply_row
from storage import consents, ingest, interactions, posts, replies, tallies
from storage.engine import Store
from storage.models import Account
from storage.states import ConsentState, Origin


class AccountInbox:
    """Every call is one transaction, and an interaction that was handled before does nothing."""

    def __init__(self, store: Store, account_id: int, now: Callable[[], datetime]) -> None:
        self._store = store
        self._account_id = account_id
        self._now = now

    @asynccontextmanager
    async def _once(self, interaction_id: str, kind: str) -> AsyncIterator[AsyncSession | None]:
        async with self._store.write() as session:
            new = await interactions.record(session, self._account_id, interaction_id, kind, self._now())
            yield session if new else None

    async def answered(self, interaction_id: str, reply: Read, leave: Leave | None) -> None:
        """A form's answer, stored as a submitted reply with what was said about quoting it."""
        async with self._once(interaction_id, "answered") as session:
            if session is None:
                return
            account = await session.get_one(Account, self._account_id)
            question_id = (await posts.question_ids(session, [reply.post_id]))[reply.post_id]
            row = reply_row(reply, account, question_id, Origin.SUBMITTED)
            await ingest.upsert_replies(session, [row], self._now())
            if leave is not None:
                await self._record_leave(session, reply.remote_id, interaction_id, leave)

    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> None:
        """One button vote a voter; the last one counts."""
        async with self._once(interaction_id, "voted") as session:
            if session is not None:
                await tallies.save_vote(session, post_id, voter, option, self._now())

    async def consented(self, interaction_id: str, remote_id: str, leave: Leave) -> None:
        """What the author of a stored reply decided about it."""
        async with self._once(interaction_id, "consented") as session:
            if session is not None:
                await self._record_leave(session, remote_id, interaction_id, leave)

    async def withdrew(self, interaction_id: str, author_remote_id: str, remote_id: str | None) -> None:
        """An author takes one reply back, or everything."""
        async with self._once(interaction_id, "withdrew") as session:
            if session is None:
                return
            account = await session.get_one(Account, self._account_id)
            revisions = await replies.revisions_of_author(session, account.platform, author_remote_id, remote_id)
            await consents.add_consent(
                session, revisions, ConsentState.WITHDRAWN, self._now(), proof=f"interaction {interaction_id}"
            )

    async def _record_leave(self, session: AsyncSession, remote_id: str, interaction_id: str, leave: Leave) -> None:
        account = await session.get_one(Account, self._account_id)
        await consents.add_consent(
            session,
            await replies.newest_revisions_of(session, account.platform, remote_id),
            _state(leave),
            self._now(),
            wording=leave.wording,
            proof=f"interaction {interaction_id}",
            credit=leave.credit,
            covers_vote=leave.covers_vote,
        )


def _state(leave: Leave) -> ConsentState:
    if not leave.granted:
        return ConsentState.REFUSED
    return ConsentState.GRANTED_ANONYMOUSLY if leave.anonymous else ConsentState.GRANTED
