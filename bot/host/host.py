"""The Host: what an adapter may ask of pullquote, for one account."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.contract.errors import Unavailable
from adapters.contract.platform import Tariff
from adapters.contract.sending import Reference
from bot.host.budget import find_refusal, start_of_month
from bot.steps import report_question
from storage.accounts import accounts, spendings
from storage.engine import Session, Store
from storage.private import write_private
from storage.questions import open_posts

LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(seconds=90)


class AccountHost:
    """One account's Host. What is saved lies in files that only their owner can read."""

    def __init__(
        self,
        *,
        store: Store,
        account_id: int,
        folder: Path,
        holder: str,
        now: Callable[[], datetime],
        hinted: Callable[[int, Sequence[Reference]], None],
        skewed: Callable[[int, timedelta], object] = lambda *_: None,
        tariff: Tariff | None = None,
    ) -> None:
        self._tariff = tariff
        self._counted_on: dict[str, str] = {}
        self._store = store
        self._account_id = account_id
        self._folder = folder
        self._holder = holder
        self._now = now
        self._hinted = hinted
        self._skewed = skewed
        self._skew = timedelta()
        self._locks: dict[str, asyncio.Lock] = {}

    def now(self) -> datetime:
        """The present moment."""
        return self._now()

    async def load(self, name: str) -> str | None:
        """What was saved under `name`, or None."""
        return await asyncio.to_thread(self._read, name)

    def _read(self, name: str) -> str | None:
        path = self._folder / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    async def save(self, name: str, value: str) -> None:
        """Durable before it returns."""
        await asyncio.to_thread(write_private, self._folder / name, value)

    @asynccontextmanager
    async def exclusive(self, name: str) -> AsyncIterator[None]:
        """Alone among the tasks of this process by a lock, and among processes by a lease."""
        lease = f"exclusive:{self._account_id}:{name}"
        async with self._locks.setdefault(name, asyncio.Lock()):
            await self._take(lease)
            try:
                yield
            finally:
                async with self._store.write() as session:
                    await accounts.drop_lease(session, lease, self._holder)

    async def _take(self, lease: str) -> None:
        waited = timedelta()
        while waited < LONGEST_WAIT:
            async with self._store.write() as session:
                if await accounts.take_lease(session, lease, self._holder, self._now(), LEASE):
                    return
            await asyncio.sleep(0.25)
            waited += timedelta(seconds=0.25)
        raise Unavailable(f"another pullquote has held {lease} for over {LONGEST_WAIT.seconds} s")

    async def spend(self, unit: str, amount: int) -> None:
        """Count what a call costs before it is made. Raises OverBudget where a ceiling of the account forbids it."""
        now = self._now().astimezone(UTC)
        async with self._store.write() as session:
            if self._tariff is not None:
                month = await spendings.load_spendings(
                    session, start_of_month(now).date(), now.date(), [self._account_id]
                )
                if (refusal := find_refusal(self._tariff, unit, amount, month, now)) is not None:
                    raise refusal
            await self._count(session, unit, now.date().isoformat(), amount)
        self._counted_on[unit] = now.date().isoformat()

    async def settle(self, unit: str, counted: int, read: Collection[str]) -> None:
        """Keep of `counted` what was billed; on the day of the call, though it may be over by now."""
        today = self._now().astimezone(UTC).date().isoformat()
        day = self._counted_on.get(unit, today)
        async with self._store.write() as session:
            await spendings.forget_billed(session, self._account_id, min(day, today))
            billed = await spendings.count_billed(session, self._account_id, unit, day, read)
            await self._count(session, unit, day, billed - counted)

    async def _count(self, session: Session, unit: str, day: str, amount: int) -> None:
        micros = 0 if self._tariff is None else self._tariff.prices[unit] * amount
        await accounts.add_spending(session, self._account_id, unit, day, amount, micros=micros)

    def note_time(self, theirs: datetime) -> None:
        """How far our clock is ahead of theirs, as two answers in a row agree: one may have waited while we slept."""
        skew, before = self._now() - theirs, self._skew
        self._skew = skew
        self._skewed(self._account_id, min(skew, before, key=abs))

    async def tell(self, kind: str, name: str, post_id: int, message: str) -> None:
        """What came in for a post and is no answer, as an event of its question."""
        async with self._store.write() as session:
            question = await open_posts.load_question(session, post_id)
            await report_question(session, question, kind, f"post-{post_id} {name}", message, now=self._now())

    def hint(self, references: Sequence[Reference] = ()) -> None:
        """Collect this account at the next tick, and re-read these then."""
        self._hinted(self._account_id, references)
