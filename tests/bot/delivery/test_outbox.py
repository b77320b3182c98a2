"""One loop for all kinds: what is unclear is looked for, and where that is not possible it is never sent again."""

from contextlib import suppress

import pytest
from sqlalchemy import update

from adapters.contract.errors import Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.sending import Reference
from bot.delivery.outbox import OutgoingKind, send_due
from bot.posts.outcome import NotWanted
from storage.digests import outgoings
from storage.models import Outgoing


class Probe:
    """A kind that goes through no account; what is in `fails` is raised there, by stage."""

    def __init__(self, bot, **more):
        self.bot, self.fails, self.calls, self.closed = bot, {}, [], 0
        self.kind = OutgoingKind("the probe to {place}", self._prepare, **more)

    async def _prepare(self, _context, _row, stack):
        stack.callback(self._close)
        self._fail("prepare")

        async def send(since):
            self.calls.append(since)
            self._fail("send")
            return Reference("probe-1")

        return send

    def _fail(self, stage):
        if stage in self.fails:
            raise self.fails[stage]

    def _close(self):
        self.closed += 1

    async def plan(self):
        async with self.bot.context.store.write() as session:
            await outgoings.plan(session, "probe", subject="s", places=["there"], payload={}, now=self.bot.clock())

    async def run(self, **later):
        self.bot.clock.advance(**later)
        with suppress(ValueError):
            await send_due(self.bot.context, {"probe": self.kind}, places=["there"])
        return await self.bot.row(Outgoing)


@pytest.fixture
async def once(bot):
    probe = Probe(bot, can_be_found=False)
    await probe.plan()
    return probe


@pytest.fixture
async def findable(bot):
    probe = Probe(bot)
    await probe.plan()
    return probe


async def test_the_intent_stands_in_the_database_when_the_call_is_made(bot):
    """Without it a kill between the two sends the mail again."""
    seen = []

    async def prepare(_context, _row, _stack):
        async def send(_since):
            seen.append((await bot.row(Outgoing)).intent_at)
            return Reference("probe-1")

        return send

    async with bot.context.store.write() as session:
        await outgoings.plan(session, "probe", subject="s", places=["there"], payload={}, now=bot.clock())
    assert await send_due(bot.context, {"probe": OutgoingKind("the probe", prepare)}, places=["there"]) == 1
    assert seen == [bot.clock()]


async def test_what_was_sent_keeps_its_reference_and_what_was_opened_is_closed(once):
    row = await once.run()
    assert (row.state, row.remote_id, once.closed) == ("sent", "probe-1", 1)
    await once.run(days=1)
    assert len(once.calls) == 1


@pytest.mark.parametrize("error", [Uncertain("no answer"), ValueError("a bug")], ids=["no answer", "a fault of ours"])
async def test_an_unclear_outcome_of_what_cannot_be_found_is_told_and_over(once, error):
    once.fails["send"] = error
    row = await once.run()
    assert (row.state, row.retry_at) == ("uncertain", None)
    (message,) = await once.bot.told("probe uncertain")
    assert message.startswith("it is unclear whether the probe to there arrived, and it is not sent again: ask there")
    once.fails.clear()
    for _ in range(5):
        await once.run(days=1)
    assert len(once.calls) == 1


@pytest.mark.parametrize("error", [Uncertain("no answer"), ValueError("a bug")], ids=["no answer", "a fault of ours"])
async def test_an_unclear_outcome_of_what_can_be_found_is_looked_for_since_the_first_try(findable, error):
    findable.fails["send"] = error
    first = findable.bot.clock()
    assert (await findable.run()).state == "uncertain"
    assert (await findable.run(minutes=10)).state == "uncertain"
    findable.fails.clear()
    assert (await findable.run(minutes=20)).state == "sent"
    assert findable.calls == [None, first, first]


@pytest.mark.parametrize("error", [Uncertain("no login"), ValueError("a bug")], ids=["no answer", "a fault of ours"])
async def test_what_failed_before_the_call_was_certainly_not_sent(once, error):
    once.fails["prepare"] = error
    row = await once.run()
    assert (row.state, once.calls, once.closed) == ("retry", [], 1)
    once.fails.clear()
    assert (await once.run(minutes=10)).state == "sent"


async def test_a_lease_is_held_while_an_earlier_try_is_looked_for(findable):
    findable.fails["send"] = Uncertain("no answer")
    await findable.run()
    leases = []

    async def look(_since):
        leases.append((await findable.bot.row(Outgoing)).lease_until - findable.bot.clock())
        return Reference("probe-1")

    async def prepare(*_):
        return look

    findable.kind = OutgoingKind("the probe", prepare)
    await findable.run(hours=2)
    assert leases[0].total_seconds() > 0


async def test_a_login_that_is_refused_without_an_account_waits_longer_each_time(once):
    once.fails["prepare"] = Unauthorized("wrong password")
    pauses = []
    for _ in range(4):
        row = await once.run(hours=1)
        pauses.append((row.retry_at - once.bot.clock()).total_seconds())
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]
    assert len(await once.bot.told("probe retry")) == 1


@pytest.mark.parametrize(
    ("error", "state", "told"),
    [
        (Rejected("too long"), "failed", ["probe failed"]),
        (NotWanted("its words are gone"), "failed", []),
        (Unavailable("down"), "retry", []),
    ],
    ids=["rejected", "not wanted", "unavailable"],
)
async def test_the_type_of_the_error_is_the_decision(once, error, state, told):
    once.fails["send"] = error
    assert (await once.run()).state == state
    assert [kind for kind in ("probe failed", "probe retry") if await once.bot.told(kind)] == told


async def test_an_unclear_row_of_a_version_before_is_not_sent_again_though_it_has_a_next_try(once):
    once.fails["send"] = Uncertain("no answer")
    await once.run()
    once.fails.clear()
    async with once.bot.context.store.write() as session:
        await session.execute(update(Outgoing).values(retry_at=once.bot.clock()))
    assert (await once.run(days=1)).state == "uncertain"
    assert len(once.calls) == 1


async def test_what_may_stand_is_never_given_up_as_not_sent(findable):
    findable.fails["send"] = Uncertain("no answer")
    await findable.run()
    findable.fails["send"] = Rejected("gone")
    row = await findable.run(minutes=10)
    assert (row.state, row.retry_at) == ("uncertain", None)
    assert len(await findable.bot.told("probe uncertain")) == 1
