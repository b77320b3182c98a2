"""Nobody is quoted on X who was not told: the notice stands in the question wherever it fits, else it must go out.

X takes replies by the API only where the author summoned the account, and has no word about replies to oneself (change
log of 2026-02-23).
"""

import json

from adapters.base import Reference
from tests.running import ANSWERS

LONG = "What did you stop doing this year, and what happened then? " * 4


def read_digests(bot):
    return [json.loads(path.read_text(encoding="utf-8")) for path in (bot.folder / "digests").glob("**/*.json")]


def quote_all(bot, edition):
    return [
        quote
        for told in read_digests(bot)
        if told["edition"] == edition
        for each in told["questions"]
        for quote in each["quotes"]
    ]


async def open_with_both(open_x_bot, **keys):
    return await open_x_bot({"one": keys}, public=("json",))


async def test_words_are_not_shared_where_the_notice_never_went_out(network, asker, open_x_bot, ada):
    bot = await open_with_both(open_x_bot, text=LONG)
    network.fail("create", status=403, nth=2, times=50)
    await bot.tick(minutes=1)
    rows = await bot.rows_of()
    network.reply(ada, Reference(rows.parts[0].remote_id, rows.parts[0].link), ANSWERS["ada"])
    await bot.tick(minutes=5)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    assert not any("may be quoted" in text for text in network.standing(asker))
    assert len(read_digests(bot)) == 2
    assert (quote_all(bot, "public"), quote_all(bot, "private")) == ([], [])
    barred = [each for told in read_digests(bot) for asked in told["questions"] for each in asked["not_quoted"]]
    assert {(each["reason"], each["count"]) for each in barred} == {("waiting", 1)}
    told = [message for kind, message in await bot.events() if kind == "no notice"]
    assert len(told) == 1
    assert told[0].startswith("one stands on x without the notice that replies may be quoted: it was not accepted.")


async def test_words_are_shared_where_the_notice_went_out_below(network, asker, open_x_bot, ada):
    bot = await open_with_both(open_x_bot, text=LONG)
    await bot.tick(minutes=1)
    rows = await bot.rows_of()
    bot.clock.advance(minutes=1)
    network.set_clock(bot.clock())
    network.reply(ada, Reference(rows.parts[0].remote_id, rows.parts[0].link), ANSWERS["ada"])
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    assert [part.has_notice for part in rows.parts] == [False, True]
    assert len(quote_all(bot, "public")) == 1


async def test_what_was_written_after_the_notice_was_deleted_is_not_shared(network, asker, open_x_bot, ada, alan):
    bot = await open_with_both(open_x_bot, text=LONG)
    await bot.tick(minutes=1)
    root, notice = [Reference(part.remote_id, part.link) for part in (await bot.rows_of()).parts]
    bot.clock.advance(minutes=1)
    network.set_clock(bot.clock())
    network.reply(ada, root, ANSWERS["ada"])
    await bot.tick(hours=30)  # looked at once a day: the same post is billed once
    bot.clock.advance(minutes=1)
    network.set_clock(bot.clock())
    network.delete(notice)
    network.reply(alan, root, ANSWERS["alan"])
    await bot.tick(hours=18)
    await bot.tick(minutes=5)
    assert [quote["author"]["name"] for quote in quote_all(bot, "public")] == ["Ada"]
    told = [message for kind, message in await bot.events() if kind == "no notice"]
    assert len(told) == 1
    assert told[0].startswith("the notice under one on x, that replies may be quoted, is no longer there")


async def test_what_only_helps_goes_below_before_the_notice_does(network, asker, open_x_bot):
    """A question of 155 characters with a line on whose answers are wanted: the notice has room, the line has none."""
    text = "What did you stop doing this year, and what happened then in your own words? " * 2
    bot = await open_with_both(open_x_bot, text=text, wanted="People who run a shop of their own, please.")
    await bot.tick(minutes=1)
    below, root = sorted(network.standing(asker), key=len)
    assert "Replies may be quoted" in root
    assert "a shop of their own" in below
