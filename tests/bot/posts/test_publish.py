"""A post goes out once; every failure is a state, and what a person must know is told."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.posts.send import LEASE
from storage.models import Post, PostPart

LONG = " ".join(f"Sentence number {number} says a little more about it." for number in range(9))
"""Two parts."""


@pytest.fixture
async def by_text(open_bot):
    """A platform without keys, where what is there is found at once by its text."""
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False}}, questions={"habits": {"at": "2026-11-16T08:01"}}
    )
    bot.clock.advance(minutes=1)
    return bot


@pytest.fixture
async def thread(open_bot):
    """A question that needs two parts."""
    bot = await open_bot(questions={"long": {"text": LONG, "thread": True, "at": "2026-11-16T08:01"}})
    bot.clock.advance(minutes=1)
    return bot


# ---------------------------------------------------------------- what goes well


async def test_a_due_question_is_published_and_open_for_its_time(bot):
    done = await bot.tick()
    assert (done.published, done.errors) == (1, [])
    post = await bot.row(Post)
    assert post.state == "published"
    assert (post.published_at, post.closes_at) == (bot.clock(), bot.clock() + timedelta(days=7))
    assert (post.holder, post.lease_until, post.late) == (None, None, False)
    assert [text.splitlines()[0] for text in bot.visible()] == ["What did you stop doing, and what happened?"]


async def test_what_is_published_is_not_published_again(bot):
    for _ in range(3):
        await bot.tick(minutes=1)
    assert len(bot.visible()) == 1


async def test_a_part_keeps_what_was_sent_and_where_it_stands(bot):
    await bot.tick()
    part, (sent,) = await bot.row(PostPart), bot.network().posts.values()
    assert (part.state, part.remote_id, part.link) == ("sent", sent.id, sent.link)
    assert part.payload["text"] == part.text == sent.text


async def test_the_parts_of_a_thread_hang_below_each_other(thread):
    await thread.tick()
    root, second = thread.network().posts.values()
    assert (root.parent, second.parent) == (None, root.id)
    assert await thread.states() == ["published"]


async def test_a_post_that_is_late_within_its_grace_goes_out_and_says_so(bot):
    await bot.tick(hours=3)
    assert (await bot.row(Post)).late
    assert await bot.told("late") == ["habits on square went out 180 min late (due 2026-11-16T08:01)"]


# ---------------------------------------------------------------- unclear outcomes


async def test_a_call_without_an_answer_is_looked_for_and_sent_where_it_is_absent(by_text):
    by_text.fail("publish")
    await by_text.tick()
    assert (await by_text.states(), by_text.visible()) == (["uncertain"], [])
    await by_text.tick(minutes=1)
    assert await by_text.states() == ["published"]
    assert len(by_text.visible()) == 1


async def test_a_call_without_an_answer_is_looked_for_and_kept_where_it_is_found(by_text):
    by_text.fail("publish", after_effect=True)
    await by_text.tick()
    assert await by_text.states() == ["uncertain"]
    await by_text.tick(minutes=1)
    assert await by_text.states() == ["published"]
    assert (await by_text.row(PostPart)).remote_id == by_text.root().id
    assert by_text.calls().count("publish") == len(by_text.visible()) == 1


async def test_an_uncertain_post_is_never_turned_into_one_to_be_sent_again(by_text):
    by_text.fail("publish", after_effect=True)
    by_text.fail("find", status=429, times=3)
    await by_text.tick()
    for _ in range(3):
        await by_text.tick(hours=1)
        assert await by_text.states() == ["uncertain"]
    await by_text.tick(hours=1)
    assert await by_text.states() == ["published"]
    assert len(by_text.visible()) == 1


async def kill_while_sending(bot):
    """What is left when the process dies between the platform's answer and our record of it."""
    async with bot.context.store.write() as session:
        await session.execute(update(PostPart).values(state="sending", remote_id=None, sent_at=None))
        await session.execute(
            update(Post).values(
                state="publishing",
                published_at=None,
                holder="dead",
                lease_until=bot.clock() + LEASE,
                closes_at=None,
            )
        )


async def test_a_lapsed_publishing_becomes_uncertain_and_never_due(by_text):
    await by_text.tick()
    await kill_while_sending(by_text)
    await by_text.tick(minutes=4)
    assert await by_text.states() == ["publishing"]
    by_text.fail("find", status=503)
    await by_text.tick(minutes=2)
    assert await by_text.states() == ["uncertain"]
    await by_text.tick(hours=1)
    assert await by_text.states() == ["published"]
    assert by_text.calls().count("publish") == len(by_text.visible()) == 1


async def test_a_process_killed_before_the_call_sends_late_within_the_grace_and_not_after_it(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "grace": "2h"}})
    bot.fail("publish", status=429, times=9)
    await bot.tick(minutes=1)
    await kill_while_sending(bot)
    bot.mend()
    async with bot.context.store.write() as session:
        await session.execute(update(PostPart).values(state="prepared"))
    await bot.tick(days=3)
    await bot.tick(minutes=1)
    assert (await bot.states(), bot.visible()) == (["missed"], [])


async def test_the_notice_below_another_question_is_not_taken_for_this_ones(open_bot):
    long = (
        "Who still prints a newsletter, and who of your readers would miss the paper if it were gone, number {}? " * 2
    )
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False, "settle_after": timedelta(minutes=15)}},
        questions={
            "one": {"text": long.format(1, 1), "at": "2026-11-16T08:01"},
            "two": {"text": long.format(2, 2), "at": "2026-11-16T08:02"},
        },
    )
    bot.fail("publish", nth=2)
    for _ in range(20):
        await bot.tick(minutes=1)
    posts = bot.network().by_author("pullquote")
    assert [post.parent for post in posts] == [None, None, "square-2", "square-1"]
    assert posts[2].text == posts[3].text


# ---------------------------------------------------------------- a platform that proves nothing


@pytest.fixture
async def like_x(open_bot):
    """After 15 minutes and three empty looks it may be sent once more."""
    settings = {"repeats_safely": False, "settle_after": timedelta(minutes=15)}
    bot = await open_bot(accounts={"square": settings}, questions={"habits": {"at": "2026-11-16T08:01"}})
    bot.clock.advance(minutes=1)
    return bot


async def test_an_unproven_absence_waits_for_the_settling_time_whatever_the_looks(like_x):
    like_x.fail("publish")
    await like_x.tick()
    for _ in range(14):
        await like_x.tick(minutes=1)
        assert await like_x.states() == ["uncertain"]
    assert like_x.calls().count("publish") == 1
    await like_x.tick(minutes=1)
    assert await like_x.states() == ["published"]
    assert len(like_x.visible()) == 1


async def test_an_unproven_absence_needs_three_looks_whatever_the_time(like_x):
    like_x.fail("publish")
    await like_x.tick()
    for _ in range(2):
        await like_x.tick(hours=1)
        assert await like_x.states() == ["uncertain"]
    await like_x.tick(hours=1)
    assert await like_x.states() == ["published"]


async def test_a_second_unclear_outcome_is_failed_and_a_person_is_told(like_x):
    like_x.fail("publish", times=9)
    await like_x.tick()
    for _ in range(6):
        await like_x.tick(minutes=20)
    assert await like_x.states() == ["failed"]
    assert like_x.calls().count("publish") == 2
    assert ["sent twice" in message for message in await like_x.told("failed")] == [True]
    await like_x.tick(hours=1)
    assert like_x.calls().count("publish") == 2


async def test_a_call_that_certainly_did_nothing_is_no_unclear_outcome(like_x):
    like_x.fail("publish", status=429)
    like_x.fail("publish", nth=2)
    for _ in range(5):
        await like_x.tick(minutes=20)
    assert await like_x.states() == ["published"]
    assert len(like_x.visible()) == 1


async def test_what_comes_to_light_while_it_settles_is_kept(like_x):
    like_x.fail("publish", after_effect=True)
    like_x.services["square"].conduct.find_lag = timedelta(minutes=10)
    await like_x.tick()
    await like_x.tick(minutes=5)
    assert await like_x.states() == ["uncertain"]
    await like_x.tick(minutes=5)
    assert await like_x.states() == ["published"]
    assert len(like_x.visible()) == 1


# ---------------------------------------------------------------- later, never, ask a person


async def test_what_is_not_available_is_tried_again_after_growing_waits(bot):
    bot.fail("publish", times=100, status=429)
    waits = []
    for _ in range(4):
        await bot.tick()
        post = await bot.row(Post)
        assert post.state == "retry"
        waits.append((post.retry_at - bot.clock()).total_seconds())
        bot.clock.moment = post.retry_at
    assert waits == sorted(waits)
    bot.mend()
    await bot.tick()
    assert await bot.states() == ["published"]


async def test_what_cannot_be_sent_within_its_grace_is_missed_and_told(bot):
    bot.fail("publish", times=1000, status=429)
    for _ in range(17):
        await bot.tick(hours=1)
    assert await bot.states() == ["missed"]
    assert len(await bot.told("missed")) == 1
    assert bot.visible() == []


async def test_an_account_without_a_limit_goes_on_while_another_waits_for_its_own(open_bot):
    both = {"accounts": ("square", "forum")}
    bot = await open_bot(
        accounts=("square", "forum"),
        questions={"one": {"at": "2026-11-16T08:01"} | both, "two": {"at": "2026-11-16T08:02"} | both},
    )
    retry_at = bot.clock() + timedelta(minutes=15)
    bot.fail("publish", status=429, retry_at=retry_at)
    await bot.tick(minutes=1)
    assert (len(bot.visible("square")), len(bot.visible("forum"))) == (0, 1)
    await bot.restart()
    assert (await bot.account("square")).retry_at == retry_at
    await bot.tick(minutes=1)
    assert (len(bot.visible("square")), len(bot.visible("forum"))) == (0, 2)
    assert bot.calls("square").count("publish") == 1
    await bot.tick(minutes=13)
    assert (len(bot.visible("square")), len(bot.visible("forum"))) == (2, 2)


async def test_a_refused_login_pauses_that_account_until_it_is_resumed(open_bot):
    from bot.desk import resume_all

    bot = await open_bot(
        accounts=("square", "forum"),
        questions={"habits": {"cron": "1 8-23 * * *", "accounts": ("square", "forum")}},
    )
    bot.fail("publish", status=401, times=1000)
    for minutes in (1, 1, 2, 5):
        assert (await bot.account("square")).state == "active"
        await bot.tick(minutes=minutes)
    assert ((await bot.account("square")).state, (await bot.account("forum")).state) == ("unauthorized", "active")
    assert bot.calls("square").count("publish") == 4
    assert len(await bot.told("retry")) == 1
    bot.mend()
    await bot.tick(hours=1)
    assert (len(bot.visible("square")), len(bot.visible("forum"))) == (0, 2)
    assert await resume_all(bot.context, "config", by="ada") == ["square"]
    await bot.tick(minutes=2)
    assert (await bot.account("square")).state == "active"
    assert len(bot.visible("square")) == 1


async def test_a_refused_root_is_failed_and_told(bot):
    bot.fail("publish", status=400)
    await bot.tick()
    assert await bot.states() == ["failed"]
    assert [part.state for part in await bot.rows(PostPart)] == ["refused"]  # nothing of it is on its way
    assert ["refused to publish" in message for message in await bot.told("failed")] == [True]
    await bot.tick(hours=1)
    assert bot.calls().count("publish") == 1


async def test_a_refused_later_part_leaves_the_post_incomplete_told_and_collected(thread):
    thread.fail("publish", nth=2, status=400)
    await thread.tick()
    post = await thread.row(Post)
    assert (post.state, post.published_at, len(thread.visible())) == ("incomplete", thread.clock(), 1)
    assert post.closes_at == thread.clock() + timedelta(days=7)
    assert len(await thread.told("incomplete")) == 1
    thread.reply("ada")
    done = await thread.tick(minutes=5)
    assert [collected.added for collected in done.collected] == [1]


async def test_a_later_part_that_cannot_be_sent_within_the_grace_is_not_sent_days_later(thread):
    thread.fail("publish", nth=2, times=1000, status=429)
    for _ in range(17):
        await thread.tick(hours=1)
    assert (await thread.states(), len(thread.visible())) == (["incomplete"], 1)
    thread.mend()
    await thread.tick(days=1)
    assert (await thread.states(), len(thread.visible())) == (["incomplete"], 1)


async def test_a_part_that_stands_is_not_sent_again_when_a_later_one_is_tried_again(thread):
    thread.fail("publish", nth=2, status=429)
    await thread.tick()
    assert await thread.states() == ["retry"]
    await thread.tick(minutes=2)
    assert await thread.states() == ["published"]
    assert len(thread.visible()) == 2


async def test_a_text_that_does_not_fit_is_failed_before_anything_is_sent(open_bot):
    bot = await open_bot(questions={"long": {"text": LONG, "at": "2026-11-16T08:01"}})
    await bot.tick(minutes=1)
    assert (await bot.states(), bot.visible()) == (["failed"], [])
    assert ["300 are allowed" in message for message in await bot.told("failed")] == [True]


class Faulty:
    """Accounts whose adapters have a mistake in them."""

    def __init__(self, accounts) -> None:
        self._accounts = accounts

    def __getattr__(self, name):
        return getattr(self._accounts, name)

    async def adapter(self, account_id):
        raise KeyError("a mistake")


async def test_a_mistake_in_pullquote_moves_the_row_out_of_the_way_before_it_goes_up(bot):
    sound = bot.context.accounts
    bot.context.accounts = Faulty(sound)
    done = await bot.tick()
    assert any("KeyError" in error for error in done.errors)
    post = await bot.row(Post)
    assert (post.state, post.holder) == ("uncertain", None)
    assert post.retry_at > bot.clock()
    assert len(await bot.told("uncertain")) == 1
    bot.context.accounts = sound
    bot.clock.moment = post.retry_at
    await bot.tick()
    assert await bot.states() == ["published"]


# ---------------------------------------------------------------- fan-out, claims


async def test_where_one_platform_is_down_only_that_target_is_tried_again(open_bot):
    names = ("square", "forum", "agora")
    bot = await open_bot(accounts=names, questions={"habits": {"at": "2026-11-16T08:01", "accounts": names}})
    bot.fail("publish", account="forum", status=429)
    await bot.tick(minutes=1)
    assert sorted(await bot.states()) == ["published", "published", "retry"]
    await bot.tick(minutes=2)
    assert await bot.states() == ["published"] * 3
    assert [bot.calls(name).count("publish") for name in names] == [1, 2, 1]


async def test_a_paused_question_is_not_sent_again_by_a_look_for_it(by_text):
    from bot.desk import pause_question
    from storage.models import Question

    by_text.fail("publish")
    await by_text.tick()
    await pause_question(by_text.context, await by_text.row(Question), by="ada")
    await by_text.tick(minutes=1)
    assert by_text.visible() == []
    assert by_text.calls().count("publish") == 1


async def test_a_lost_claim_writes_nothing_over_the_new_holder(bot):
    """The lease lapsed during a call, and another process took the post."""
    service = bot.services["square"]
    answer = service.answer

    def steal(operation, arguments):
        if operation == "publish":
            with closing(sqlite3.connect(bot.folder / "pullquote.db", isolation_level=None)) as other, other:
                other.execute("UPDATE posts SET holder = 'another'")
        return answer(operation, arguments)

    if "sqlite" not in bot.database:
        pytest.skip("one database is enough for the theft")
    service.answer = steal
    bot.fail("publish")
    done = await bot.tick()
    assert done.errors == []
    post = await bot.row(Post)
    assert (post.state, post.holder) == ("publishing", "another")


async def test_who_lost_the_claim_between_two_parts_sends_nothing_more(thread):
    """The lease lapsed during the first call, and another process took the post: the second part is theirs."""
    if "sqlite" not in thread.database:
        pytest.skip("one database is enough for the theft")
    service = thread.services["square"]
    answer = service.answer

    def steal(operation, arguments):
        answered = answer(operation, arguments)
        if operation == "publish":
            with closing(sqlite3.connect(thread.folder / "pullquote.db", isolation_level=None)) as other, other:
                other.execute("UPDATE posts SET holder = 'another'")
        return answered

    service.answer = steal
    await thread.tick()
    assert thread.calls().count("publish") == 1
    assert (await thread.row(Post)).holder == "another"
