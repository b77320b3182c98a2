"""Networks that are not like the four: a mailbox that only receives, a send that nobody can look for, an instance with
limits of its own, limits by kind of call, polls that end with their question.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from adapters.contract.capabilities import Limit
from adapters.contract.reading import Audience, Author, Page, Reply
from adapters.contract.sending import Unknowable
from adapters.sandbox.adapter import SandboxAdapter
from adapters.sandbox.transport import InProcess
from bot.desk import DeskError, remind, take_back
from bot.desk.asking.ask import preview
from storage.models import Post, PostPart, Question, Revision, Tally
from storage.models import Reply as Stored

AT = "2026-11-16T08:01"


def connect_by(bot, kind, number=1):
    """Let an account have an adapter of another kind, from its first use on."""
    accounts = bot.context.accounts
    known = accounts.configured[number]
    platform = replace(known.platform, connect=lambda keys, host: kind(keys, host, InProcess(keys.service)))
    accounts.configured[number] = replace(known, platform=platform)


# ---------------------------------------------------------------- only received


class Letters(SandboxAdapter):
    """Every post of somebody else is a letter. HTML in, words out."""

    async def prepare(self, draft, key, at):
        return ()

    async def collect(self, watched):
        assert [post.parts for post in watched.posts] == [()]
        (post,) = watched.posts
        letters = [each for each in self._settings.service.network.posts.values() if each.received_at >= post.opened_at]
        yield Page(tuple(self.read(letter, post.id) for letter in letters))

    def read(self, letter, post_id):
        return Reply(
            letter.id,
            post_id,
            Author(letter.author.handle, letter.author.handle),
            letter.text.removeprefix("<p>"),
            letter.posted_at,
            audience=Audience.PRIVATE,
            original=letter.text,
        )

    async def tally(self, posts):
        return {}


@pytest.fixture
async def letters(open_bot):
    bot = await open_bot(questions={"habits": {"at": AT, "closes_after": "5h"}})
    connect_by(bot, Letters)
    return bot


async def test_a_question_that_posts_nothing_is_open_from_its_due_moment(letters):
    letters.clock.advance(minutes=5)
    letters.network().post("ada", "<p>We dropped AMP last March because nobody used it.", letters.clock())
    await letters.tick(minutes=5)
    post = await letters.row(Post)
    assert (post.state, post.published_at, post.closes_at) == (
        "published",
        post.due_at,
        post.due_at + timedelta(hours=5),
    )
    assert await letters.rows(PostPart) == []
    assert "publish" not in letters.calls()
    await letters.tick(minutes=5)
    assert (await letters.row(Stored)).audience == "private"
    wording = await letters.row(Revision)
    assert (wording.text, wording.original) == (wording.original.removeprefix("<p>"), f"<p>{wording.text}")
    await letters.tick(hours=5)
    assert await letters.states() == ["closed"]


async def test_nothing_is_there_to_remind_below_and_taking_back_ends_the_collection(letters):
    await letters.tick(minutes=1)
    with pytest.raises(DeskError, match="posts nothing"):
        await remind(letters.context, await letters.row(Question))
    (report,) = await take_back(letters.context, await letters.row(Question))
    assert (report.done, await letters.states()) == (True, ["closed"])


# ---------------------------------------------------------------- sent at most once


class Mail(SandboxAdapter):
    """What was handed over can be looked for nowhere."""

    async def find(self, part, parents, since):
        return Unknowable()


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_can_never_be_looked_for_is_sent_at_most_once_and_a_person_is_told(open_bot, arrived):
    bot = await open_bot(questions={"habits": {"at": AT}})
    connect_by(bot, Mail)
    bot.fail("publish", after_effect=arrived)
    await bot.tick(minutes=1)
    assert await bot.states() == ["uncertain"]
    for _ in range(5):
        await bot.tick(minutes=5)
    assert await bot.states() == ["failed"]
    (message,) = await bot.told("failed")
    assert "it is not sent again" in message
    assert (bot.calls().count("publish"), len(bot.visible())) == (1, arrived)


# ---------------------------------------------------------------- an instance's own limits


class Instance(SandboxAdapter):
    """Says how long a text may be when it is asked."""

    allows = 0

    async def __aenter__(self):
        self._capabilities = replace(self._capabilities, limits=(Limit("characters", self.allows, len),))
        return self


class Generous(Instance):
    allows = 900


class Narrow(Instance):
    allows = 60


@pytest.mark.parametrize(("instance", "length", "state"), [(Generous, 500, "published"), (Narrow, 200, "failed")])
async def test_an_open_account_has_the_limits_of_its_instance(open_bot, instance, length, state):
    text = "What did you stop doing? ".ljust(length, "x")
    bot = await open_bot(questions={"habits": {"text": text, "at": AT, "thread": False, "wanted": ""}})
    connect_by(bot, instance)
    content = bot.config.questions["habits"]
    (before,) = await preview(bot.context, content, bot.app.account_ids, bot.clock())
    await bot.tick(minutes=1)
    assert await bot.states() == [state]
    (after,) = await preview(bot.context, content, bot.app.account_ids, bot.clock())
    assert (bool(before.problems), bool(after.problems)) == (state == "published", state == "failed")


# ---------------------------------------------------------------- limits by kind of call


@pytest.fixture
async def busy(open_bot):
    """One question is out and answered; the next is due 20 minutes later."""
    bot = await open_bot(questions={"habits": {"at": AT}, "tools": {"at": "2026-11-16T08:21", "text": "Which tool?"}})
    await bot.tick(minutes=1)
    bot.reply("ada")
    return bot


async def test_reading_that_is_limited_stops_no_post(busy):
    until = busy.clock() + timedelta(hours=1)
    busy.fail("events", status=429, retry_at=until)
    await busy.tick(minutes=5)
    account = await busy.account()
    assert (account.read_retry_at, account.retry_at) == (until, None)
    await busy.tick(minutes=20)
    assert await busy.states() == ["published", "published"]
    read = busy.calls().count("events")
    await busy.tick(minutes=10)
    assert busy.calls().count("events") == read
    await busy.tick(hours=1)
    assert busy.calls().count("events") > read


async def test_posting_that_is_limited_stops_no_reading(busy):
    busy.clock.advance(minutes=20)
    until = busy.clock() + timedelta(hours=1)
    busy.fail("publish", status=429, retry_at=until)
    await busy.tick()
    account = await busy.account()
    assert (account.read_retry_at, account.retry_at) == (None, until)
    assert await busy.states() == ["published", "retry"]
    await busy.tick(minutes=6)
    assert len(await busy.rows(Stored)) == 1
    await busy.tick(hours=1)
    assert await busy.states() == ["published", "published"]


# ---------------------------------------------------------------- polls


class Lasting(SandboxAdapter):
    """Deletes nothing."""

    retract = None


@pytest.fixture
async def polled(open_bot):
    bot = await open_bot(questions={"habits": {"at": AT, "options": ("Yes", "No"), "closes_after": "2d"}})
    connect_by(bot, Lasting)
    await bot.tick(minutes=1)
    bot.network().vote(bot.root().id, "ada", 1, bot.clock())
    await bot.tick(minutes=5)
    return bot


async def test_a_question_that_closes_early_ends_its_poll(polled):
    async with polled.context.store.write() as session:
        await session.execute(update(Post).values(closes_at=polled.clock() + timedelta(minutes=5)))
    await polled.tick(minutes=5)
    assert await polled.states() == ["closed"]
    assert polled.root().ballot.closes_at == polled.clock()
    assert [(tally.votes, tally.final) for tally in await polled.rows(Tally)] == [(0, True), (1, True)]


async def test_a_question_that_closes_in_its_time_leaves_the_poll_to_its_network(polled):
    await polled.tick(days=2)
    assert await polled.states() == ["closed"]
    assert "close_poll" not in polled.calls()


async def test_a_poll_that_cannot_be_ended_keeps_no_question_open(polled):
    polled.fail("close_poll", status=403)
    async with polled.context.store.write() as session:
        await session.execute(update(Post).values(closes_at=polled.clock() + timedelta(minutes=5)))
    await polled.tick(minutes=5)
    assert await polled.states() == ["closed"]


async def test_what_is_taken_back_and_cannot_be_deleted_is_voted_on_no_more(polled):
    (report,) = await take_back(polled.context, await polled.row(Question))
    assert (report.done, report.message) == (
        False,
        "the platform cannot take back: remove it by hand; its poll is closed",
    )
    assert polled.root().ballot.closes_at == polled.clock()
