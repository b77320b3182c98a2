"""Collecting: nothing is lost in a gap, across a restart, or in a long conversation."""

from datetime import timedelta

import pytest

from adapters.contract.errors import Unavailable
from adapters.contract.sending import Draft
from adapters.testing.steps import CommittedPages, collect, publish, watch
from tests.adapters.discord.conftest import listening, until


async def ask(adapter, host, channel, text="Who still prints?"):
    parts = await publish(adapter, host, Draft(text, place=channel.id))
    return channel.message(parts[0].remote_id), parts


def texts(collection):
    return sorted(str(reply.text) for reply in collection.replies.values())


async def test_a_bot_that_was_cut_off_for_an_hour_misses_nothing(adapter, host, application, guild, ada, grace):
    question, parts = await ask(adapter, host, guild.general)
    ada.reply(question, "before")
    collection = await collect(adapter, [watch(host, *parts)])
    async with listening(adapter, application):
        await until(lambda: host.hints)
        application.cut_off()
        for minute in range(60):
            host.advance(timedelta(minutes=1))
            (ada, grace)[minute % 2].reply(question, f"in minute {minute}")
        with pytest.raises(Unavailable):
            await collect(adapter, [watch(host, *parts, stored=1)], collection)
        host.hints.clear()
        application.mend()
        await until(lambda: host.hints)
    await collect(adapter, [watch(host, *parts, stored=1)], collection)
    assert texts(collection) == sorted(["before", *(f"in minute {minute}" for minute in range(60))])


async def test_a_branch_of_a_conversation_is_followed_after_a_restart(connect, host, guild, ada, grace):
    async with connect() as adapter:
        question, parts = await ask(adapter, host, guild.general)
        above = question
        for number in range(6):
            above = (ada, grace)[number % 2].reply(above, f"number {number}")
        collection = await collect(adapter, [watch(host, *parts)])
    host.advance(timedelta(hours=1))
    late = ada.reply(above, "number 6")
    async with connect() as adapter:
        await collect(adapter, [watch(host, *parts, stored=6)], collection)
    assert late.id in collection.replies
    assert collection.replies[late.id].parent_remote_id == above.id


async def test_other_talk_in_the_channel_is_no_answer(adapter, host, guild, ada, grace):
    early = ada.say(guild.general, "Good morning.")
    _, parts = await ask(adapter, host, guild.general)
    grace.reply(early, "Good morning, Ada.")
    grace.reply(ada.say(guild.general, "Lunch?"), "Yes.")
    assert (await collect(adapter, [watch(host, *parts)])).replies == {}


async def test_words_that_discord_withholds_are_unreadable_and_not_empty(adapter, host, guild, ada, grace):
    question, parts = await ask(adapter, host, guild.general)
    ada.reply(question, "We do.", ping=False)
    grace.reply(ada.reply(question, "So do we."), "Really?")
    assert sorted(map(str, texts(await collect(adapter, [watch(host, *parts)])))) == ["None", "None", "So do we."]


async def test_only_what_people_write_is_collected(connect, application, host, guild, ada):
    application.allow_message_content(allowed=True)
    async with connect(message_content=True, collect="channel") as adapter:
        _, parts = await ask(adapter, host, guild.general)
        ada.say(guild.general, "We do.")
        ada.open_thread(guild.general.message(parts[0].remote_id), "talk")
        collection = await collect(adapter, [watch(host, *parts)])
    assert texts(collection) == ["We do."]


async def test_a_thread_is_collected_where_that_is_asked_for_also_once_it_is_archived(
    connect, application, host, guild, ada, grace
):
    application.allow_message_content(allowed=True)
    async with connect(message_content=True, collect="threads") as adapter:
        question, parts = await ask(adapter, host, guild.general)
        thread = ada.open_thread(question, "talk")
        first = ada.say(thread, "In the thread.")
        collection = await collect(adapter, [watch(host, *parts)])
        grace.reply(first, "Below it.")
        ada.archive(thread)
        ada.say(guild.general, "Elsewhere.")
        await collect(adapter, [watch(host, *parts, stored=1)], collection)
    assert texts(collection) == ["Below it.", "In the thread."]
    assert collection.replies[first.id].parent_remote_id == question.id
    assert collection.replies[first.id].link == f"https://discord.com/channels/{guild.id}/{thread.id}/{first.id}"


async def test_a_whole_channel_belongs_to_the_question_that_was_asked_last(connect, application, host, guild, ada):
    application.allow_message_content(allowed=True)
    async with connect(message_content=True, collect="channel") as adapter:
        _, first = await ask(adapter, host, guild.general)
        ada.say(guild.general, "To the first.")
        _, second = await ask(adapter, host, guild.general, "Who reads it?")
        ada.say(guild.general, "To the second.")
        ada.reply(guild.general.message(first[0].remote_id), "To the first, late.")
        posts = [watch(host, *first, post_id=1), watch(host, *second, post_id=2)]
        found = (await collect(adapter, posts)).replies.values()
    assert {reply.text: reply.post_id for reply in found} == {
        "To the first.": 1,
        "To the second.": 2,
        "To the first, late.": 1,
    }


async def test_two_questions_in_a_channel_are_read_in_one_go(adapter, application, host, guild, ada):
    asked = [await ask(adapter, host, guild.general, f"Question {number}?") for number in range(3)]
    for question, _ in asked:
        ada.reply(question, "Yes.")
    application.forget_calls()
    posts = [watch(host, *parts, post_id=number) for number, (_, parts) in enumerate(asked)]
    assert len((await collect(adapter, posts)).replies) == 3
    assert len(application.calls("GET /channels/{channel_id}/messages")) == 1


async def test_a_channel_that_is_gone_or_closed_does_not_keep_the_others_from_being_read(
    adapter, application, host, guild, ada
):
    channels = [guild.general, guild.add_channel("closed"), guild.add_channel("gone")]
    asked = [await ask(adapter, host, channel) for channel in channels]
    ada.reply(asked[0][0], "Heard.")
    channels[1].permit(application, deny="view_channel")
    guild.owner.delete_channel(channels[2])
    posts = [watch(host, *parts, post_id=number) for number, (_, parts) in enumerate(asked)]
    assert texts(await collect(adapter, posts)) == ["Heard."]
    collection = CommittedPages()
    with pytest.raises(Unavailable, match="View Channel"):
        await collect(
            adapter, [watch(host, *parts, post_id=n, thorough=True) for n, (_, parts) in enumerate(asked)], collection
        )
    assert texts(collection) == ["Heard."]


async def test_a_history_that_is_closed_is_no_empty_one(adapter, application, host, guild, ada):
    question, parts = await ask(adapter, host, guild.general)
    ada.reply(question, "Unheard.")
    guild.general.permit(application, deny="read_message_history")
    with pytest.raises(Unavailable, match="Read Message History"):
        await collect(adapter, [watch(host, *parts, thorough=True)])


async def test_replies_to_a_question_that_was_deleted_are_still_read(adapter, host, guild, ada, grace):
    question, parts = await ask(adapter, host, guild.general)
    first = ada.reply(question, "Before.")
    guild.owner.delete(question)
    grace.reply(first, "After.")
    found = (await collect(adapter, [watch(host, *parts)])).replies
    assert first.id in found
    assert len(found) == 2


async def test_a_limit_in_the_middle_keeps_what_was_read(adapter, application, host, guild, ada):
    question, parts = await ask(adapter, host, guild.general)
    for number in range(130):
        ada.reply(question, f"answer {number}")
    application.fail("GET /channels/{channel_id}/messages", status=429, retry_after=600, after=1)
    collection = CommittedPages()
    with pytest.raises(Unavailable):
        await collect(adapter, [watch(host, *parts)], collection)
    assert len(collection.replies) == 100
    application.mend()
    await collect(adapter, [watch(host, *parts, stored=100)], collection)
    assert len(collection.replies) == 130


async def test_the_last_collection_reads_everything_again_and_those_before_it_do_not(adapter, host, guild, ada):
    question, parts = await ask(adapter, host, guild.general)
    reply = ada.reply(question, "We do.")
    host.advance(timedelta(hours=1))
    ada.say(guild.general, "An hour of talk later.")
    collection = await collect(adapter, [watch(host, *parts)])
    ada.edit(reply, "We did.")
    await collect(adapter, [watch(host, *parts, stored=1)], collection)
    assert texts(collection) == ["We do."]
    await collect(adapter, [watch(host, *parts, stored=1, thorough=True)], collection)
    assert texts(collection) == ["We did."]


async def test_looking_up_words_that_are_withheld_says_what_to_do(adapter, guild, ada):
    with pytest.raises(Exception, match="adopt a message that mentions the bot"):
        await adapter.look_up(ada.say(guild.general, "Who still prints?").link)
