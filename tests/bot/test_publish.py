"""A post goes out once; every failure is a state, and what a person must know is told."""

from datetime import timedelta

import pytest

from storage.models import Part, Post
from storage.states import PartState


@pytest.fixture
def like_x(open_bot):
    """A platform that proves nothing: after 15 minutes and three looks it may be tried once more."""

    async def open_like_x(**question):
        return await open_bot(
            accounts={"square": {"repeats_safely": False, "settle_after": timedelta(minutes=15)}},
            questions={"habits": {"at": "2026-11-16T08:01", **question}},
        )

    return open_like_x


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
    part, (sent,) = await bot.row(Part), bot.network().posts.values()
    assert (part.state, part.remote_id, part.link) == ("sent", sent.id, sent.link)
    assert part.payload["text"] == part.text == sent.text


async def test_a_thread_hangs_together_in_its_order(open_bot, clock):
    text = " ".join(f"Sentence number {number} says a little more about it." for number in range(12))
    bot = await open_bot(questions={"long": {"text": text, "thread": True, "at": "2026-11-16T08:01"}})
    await bot.tick(minutes=1)
    posts = list(bot.network().posts.values())
    assert len(posts) > 2
    assert [post.parent for post in posts] == [None, *(post.id for post in posts[:-1])]
    assert " ".join(text for post in posts for text in [post.text]).startswith(text[:100])


async def test_no_answer_and_nothing_posted_is_found_absent_and_sent(bot):
    bot.fail("publish")
    await bot.tick()
    assert await bot.states() == ["uncertain"]
    assert bot.visible() == []
    await bot.tick(minutes=1)
    assert await bot.states() == ["published"]
    assert len(bot.visible()) == 1


async def test_no_answer_but_posted_is_found_and_not_sent_again(open_bot):
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False}}, questions={"habits": {"at": "2026-11-16T08:01"}}
    )
    bot.fail("publish", after_effect=True)
    await bot.tick(minutes=1)
    assert await bot.states() == ["uncertain"]
    await bot.tick(minutes=1)
    assert await bot.states() == ["published"]
    assert bot.calls().count("publish") == len(bot.visible()) == 1


async def test_unavailable_is_tried_again_later_and_later(bot):
    bot.fail("identify", times=100, status=503)
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
