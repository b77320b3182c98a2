"""Whatever happens, in whatever order: the real store and scheduler over sandboxes, beside a small model."""

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.desk import ask, pause_all, resume_all
from bot.questions.content import Content
from storage.models import Post, Reply, Revision
from tests.running import Bot, Clock, Services, configure

ACCOUNTS = {
    "square": {"repeats_safely": False},
    "forum": {"repeats_safely": False, "settle_after": timedelta(minutes=15), "newest_first": True},
}
LONG = " ".join(f"Sentence number {number} says a little more about it." for number in range(9))
WRITES, READS = ("publish",), ("find", "events", "thread", "posts", "identify")

accounts = st.sampled_from(sorted(ACCOUNTS))


class Killed(BaseException):
    """The process dies here: nothing catches it."""


class World(RuleBasedStateMachine):
    """The model: what was asked, and what people wrote, with every wording."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="pullquote-world-"))
        shutil.copyfile(self.template, self.folder / "pullquote.db")
        services = Services()
        database = f"sqlite:///{self.folder / 'pullquote.db'}"
        config = configure(self.folder, database, services, {"accounts": ACCOUNTS, "questions": {}})
        self.bot = Bot(self.folder, database, Clock(), services, config)
        self.asked: list[str] = []
        self.wordings: dict[tuple[str, str], list[str]] = {}
        self.deleted: set[tuple[str, str]] = set()
        self.latest = self.bot.clock()  # that the clock ever showed: what waits may wait until after it

    def teardown(self) -> None:
        try:
            self.run(self._settle_and_check())
        finally:
            self.run(self.bot.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    def run(self, work):
        return self.loop.run(work)

    # ------------------------------------------------------------ what happens

    @initialize()
    def start(self):
        self.run(self.bot.open())

    @rule(thread=st.booleans())
    def somebody_asks(self, thread):
        self.ask(thread)

    def ask(self, thread):
        number = len(self.asked)
        text = f"Question {number}. {LONG}" if thread else f"Question {number}?"
        content = Content(text=text, accounts=tuple(ACCOUNTS), thread=True, grace="90d", closes_after="90d")
        with suppress(Exception):  # refused while paused
            self.run(ask(self.bot.context, content, self.bot.app.account_ids, workspace="config"))
            self.asked.append(text[:11])

    @rule(minutes=st.sampled_from([1, 6, 20, 90, 300]))
    def time_passes(self, minutes):
        self.run(self.bot.tick(minutes=minutes))

    @rule(hours=st.sampled_from([-2, 2]))
    def the_clock_is_set(self, hours):
        self.latest = max(self.latest, self.bot.clock())
        self.bot.clock.advance(hours=hours)

    def roots(self, account):
        return [post for post in self.bot.network(account).by_author("pullquote") if post.parent is None]

    @rule(account=accounts, who=st.sampled_from(["ada", "grace", "alan"]), which=st.integers(0, 9))
    def somebody_answers(self, account, who, which):
        roots = self.roots(account)
        if roots:
            text = f"answer {len(self.wordings)}"
            written = self.bot.reply(who, text, to=roots[which % len(roots)], account=account)
            self.wordings[account, written.id] = [text]

    def standing(self):
        return sorted(set(self.wordings) - self.deleted)

    @precondition(lambda self: self.standing())
    @rule(which=st.integers(0, 99))
    def somebody_edits(self, which):
        account, name = key = self.standing()[which % len(self.standing())]
        text = f"{self.wordings[key][0]}, edition {len(self.wordings[key]) + 1}"
        self.bot.network(account).edit(name, text, self.bot.clock())
        self.wordings[key].append(text)

    @precondition(lambda self: self.standing())
    @rule(which=st.integers(0, 99))
    def somebody_deletes(self, which):
        account, name = key = self.standing()[which % len(self.standing())]
        self.bot.network(account).delete(name, self.bot.clock())
        self.deleted.add(key)

    @rule(account=accounts, nth=st.integers(1, 2), status=st.sampled_from([0, 429, 503]), done=st.booleans())
    def a_send_fails(self, account, nth, status, done):
        self.bot.fail("publish", account=account, nth=nth, status=status, after_effect=done and status != 429)
        self.ask(thread=nth == 2)
        self.run(self.bot.tick())

    @rule(account=accounts, operation=st.sampled_from(READS), nth=st.integers(1, 3), status=st.sampled_from([429, 503]))
    def a_read_fails(self, account, operation, nth, status):
        self.bot.fail(operation, account=account, nth=nth, status=status)

    @rule(account=accounts, operation=st.sampled_from(WRITES + READS), done=st.booleans())
    def it_is_killed_at_a_call(self, account, operation, done):
        self.ask(thread=done)
        service = self.bot.services[account]
        answer = service.answer

        def kill(asked, arguments):
            if asked == operation:
                if done:
                    with suppress(Exception):
                        answer(asked, arguments)
                raise Killed
            return answer(asked, arguments)

        service.answer = kill
        try:
            self.run(self.bot.tick(minutes=1))
        except Killed:
            pass
        finally:
            service.answer = answer
        self.run(self.bot.restart())

    @rule()
    def it_is_started_again(self):
        self.run(self.bot.restart())

    @rule()
    def everything_is_paused(self):
        self.run(pause_all(self.bot.context, "config", by="ada"))

    @rule()
    def everything_is_resumed(self):
        self.run(resume_all(self.bot.context, "config", by="ada"))

    # ------------------------------------------------------------ what must hold

    @invariant()
    def nothing_is_doubled(self):
        for account in ACCOUNTS:
            seen = Counter((post.parent, post.text) for post in self.bot.network(account).by_author("pullquote"))
            assert max(seen.values(), default=1) == 1, seen

    @invariant()
    def nothing_is_invented(self):
        if self.bot.app is not None:
            self.run(self._check_wordings())

    async def _check_wordings(self):
        """Stored wordings are what was written, in that order."""
        for key, texts in (await self._stored()).items():
            written = iter(self.wordings[key])
            assert all(text is None or text in written for text in texts), (key, texts)

    async def _stored(self):
        replies = {reply.id: reply for reply in await self.bot.rows(Reply)}
        stored = {}
        for revision in await self.bot.rows(Revision):
            reply = replies[revision.reply_id]
            stored.setdefault((reply.remote_id.split("-")[0], reply.remote_id), []).append(revision.text)
        return stored

    async def _settle_and_check(self):
        """All is mended and time passes: then everything has gone out once, and everything was heard."""
        if self.bot.app is None:
            return
        for account in ACCOUNTS:
            self.bot.mend(account)
        await resume_all(self.bot.context, "config", by="ada")
        settled = max(self.latest, self.bot.clock()) + timedelta(hours=12)
        while self.bot.clock() < settled:
            done = await self.bot.tick(hours=1)
            assert done.errors == []
        posts = await self.bot.rows(Post)
        assert {post.state.value for post in posts} <= {"published", "failed"}, posts
        for account in ACCOUNTS:
            texts = [root.text[:11] for root in self.roots(account)]
            assert len(texts) == len(set(texts))
            failed = [post for post in posts if post.state == "failed"]
            assert len(texts) + len(failed) >= len(self.asked), (texts, self.asked)
        await self._check_heard()

    async def _check_heard(self):
        stored = await self._stored()
        for key, texts in self.wordings.items():
            if key in self.deleted:
                assert set(stored.get(key, [])) <= {None}
            else:
                assert stored[key][-1] == texts[-1]
        assert set(stored) <= set(self.wordings)


def test_nothing_is_doubled_lost_or_invented_in_any_order(upgraded_sqlite):
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    World.template = upgraded_sqlite
    try:
        run_state_machine_as_test(
            World,
            settings=settings(
                max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
    finally:
        structlog.reset_defaults()
