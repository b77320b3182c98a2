"""What appears in the channels of a community: reminders, the log, digests. Each once, whatever happens."""

import pytest

from bot.desk import decide, note
from bot.words import words
from storage.models import Outgoing
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.running import ANSWERS

QUESTION = {"habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "enough": 2}}
CHANNELS = {"editors_channel": "desk", "log_channel": "log", "digest_channel": "news"}


@pytest.fixture
async def served(open_bot):
    async def served(**keys):
        bot = await open_bot(
            accounts={"square": {"text_limit": 2000} | keys},
            questions=QUESTION,
            public=("html", "json"),
            guilds={"g1": CHANNELS},
        )
        await bot.tick()  # what was told before there was a log is not in it
        return bot

    return served


def channel(bot, place):
    """What stands in a channel, oldest first."""
    return [post for post in bot.network().by_author("pullquote") if post.place == place]


async def close(bot):
    await bot.tick(minutes=1)
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=5)
    await bot.tick(days=3)
    await bot.tick(minutes=1)
    await bot.tick(minutes=1)


async def test_a_final_digest_appears_once_with_its_best_quotes_and_files(served):
    bot = await served()
    await close(bot)
    (delivered,) = channel(bot, "news")
    assert delivered.text.startswith("Digest: What did you stop doing")
    assert "The best 3 quotes:" in delivered.text
    assert all(f"“{words}”" in delivered.text for words in ANSWERS.values())
    assert sorted(name.rpartition(".")[2] for name in delivered.files) == ["html", "json"]
    assert all("to share" in name for name in delivered.files)


async def test_what_needs_leave_and_has_none_is_delivered_nowhere(served):
    bot = await served(consent_first=True)
    await close(bot)
    (delivered,) = channel(bot, "news")
    said = delivered.text + "".join(content.decode() for content in delivered.files.values())
    assert not [who for who, words in ANSWERS.items() if words[:20] in said]


@pytest.mark.parametrize("after_effect", [False, True], ids=["lost before it arrived", "lost after it arrived"])
async def test_a_delivery_whose_outcome_is_unclear_is_looked_for(served, after_effect):
    bot = await served()
    await bot.tick(minutes=1)
    bot.reply("ada")
    await bot.tick(minutes=5)
    bot.fail("publish", times=3, after_effect=after_effect)
    await bot.tick(days=3)
    states = {row.kind: row.state.value for row in await bot.rows(Outgoing)}
    assert states["digest"] == "uncertain"
    bot.mend()
    for _ in range(3):
        await bot.tick(minutes=2)
    assert len(channel(bot, "news")) == 1
    assert {row.state.value for row in await bot.rows(Outgoing)} == {"sent"}


async def test_a_network_that_takes_nothing_for_days_is_told_and_given_up(served):
    bot = await served()
    await bot.tick(minutes=1)
    bot.reply("ada")
    await bot.tick(minutes=5)
    bot.fail("publish", status=429, times=10_000)
    await bot.tick(days=3)
    for _ in range(8):
        await bot.tick(hours=12)
    (digest,) = [row for row in await bot.rows(Outgoing) if row.kind == "digest"]
    assert digest.state == "failed"
    assert any("a digest for a channel" in message for message in await bot.told("digest failed"))


async def test_enough_and_the_close_are_told_once_to_the_editors(served):
    bot = await served()
    await close(bot)
    said = [post.text for post in channel(bot, "desk")]
    assert sum("has enough" in text for text in said) == 1
    assert sum("has closed: " in text for text in said) == 1
    assert all("/pullquote digest" in text for text in said)


async def test_editors_are_reminded_of_what_waits_at_most_once_a_day_and_not_at_night(served):
    bot = await served(consent_first=True)
    await bot.tick(minutes=1)
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=5)
    assert channel(bot, "desk") == []  # a quarter past eight
    for _ in range(30):
        await bot.tick(minutes=65)
    said = [post.text for post in channel(bot, "desk")]
    assert said == ["3 answers wait for a look: habits (3)"] * 2
    for reply_id in (1, 2, 3):
        await decide(bot.context, CONFIG_WORKSPACE, reply_id, VerdictValue.ASIDE, editor="Mara")
    await bot.tick(days=1)
    assert len(channel(bot, "desk")) == 2


async def test_the_log_shows_once_what_pullquote_and_the_editors_did(served):
    bot = await served()
    for _ in range(2):
        await note(bot.context, CONFIG_WORKSPACE, "Mara", "looked at 3 answers", subject="interaction-7")
    await note(bot.context, "guild:other", "Olga", "did something elsewhere", subject="interaction-8")
    await bot.tick(minutes=1)
    await bot.tick(minutes=1)
    said = "\n".join(post.text for post in channel(bot, "log"))
    assert said.count("Mara looked at 3 answers") == 1
    assert "Olga" not in said


async def test_the_log_goes_on_after_a_restart_where_it_was(served):
    bot = await served()
    await note(bot.context, CONFIG_WORKSPACE, "Mara", "did one thing", subject="1")
    await bot.tick(minutes=1)
    await bot.restart()
    await note(bot.context, CONFIG_WORKSPACE, "Mara", "did another", subject="2")
    await bot.tick(minutes=1)
    assert [post.text for post in channel(bot, "log")][-2:] == ["Mara did one thing", "Mara did another"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_hints_that_go_through_the_outbox_have_no_markup_of_their_own(language):
    assert not [hint for hint in words(language)["editors"]["hints"].values() if hint.startswith("-#")]
