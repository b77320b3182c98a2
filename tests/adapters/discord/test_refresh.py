"""Stored replies are read again before they are quoted: what is gone is gone for certain, and nothing else is."""

from datetime import timedelta

import pytest

from adapters.contract.errors import Unavailable
from adapters.contract.reading import Freshness, Known
from adapters.contract.sending import Draft, Reference
from adapters.testing.steps import publish

GONE, SAME, HIDDEN, UNKNOWN = Freshness.GONE, Freshness.SAME, Freshness.HIDDEN, Freshness.UNKNOWN


@pytest.fixture
async def question(adapter, host, guild):
    (root,) = await publish(adapter, host, Draft("Who still prints?", place=guild.general.id))
    return guild.general.message(root.remote_id)


def know(message, text=None):
    extra = {"channel": message.channel_id, "guild": message.guild_id}
    return Known(Reference(message.id, message.link, extra), 1, "", text or message.content)


def know_form(guild, person):
    return Known(Reference(f"form:7:{person.id}", "", {"guild": guild.id}), 7, "", "We do.")


async def reread(adapter, *known):
    return [each.freshness for each in await adapter.refresh(known)]


async def test_what_moderators_delete_one_by_one_or_at_once_is_gone(adapter, guild, ada, question):
    replies = [ada.reply(question, f"answer {number}") for number in range(6)]
    guild.owner.delete(replies[0])
    guild.owner.delete_many(replies[1:4])
    assert await reread(adapter, *map(know, replies)) == [GONE, GONE, GONE, GONE, SAME, SAME]


async def test_many_are_read_by_the_page(adapter, application, guild, ada, question):
    replies = [ada.reply(question, f"answer {number}") for number in range(105)]
    guild.owner.delete(replies[104])
    application.forget_calls()
    assert await reread(adapter, *map(know, replies)) == [SAME] * 104 + [GONE]
    assert len(application.calls("GET /channels/{channel_id}/messages")) == 2


async def test_few_among_much_talk_are_found(adapter, guild, ada, question):
    replies = []
    for number in range(5):
        replies.append(ada.reply(question, f"answer {number}"))
        for _ in range(25):
            ada.say(guild.general, "talk")
    ada.delete(replies[2])
    assert await reread(adapter, *map(know, replies)) == [SAME, SAME, GONE, SAME, SAME]


async def test_all_that_stood_in_a_deleted_channel_or_thread_is_gone(adapter, guild, ada, question):
    thread, channel = ada.open_thread(question, "talk"), guild.add_channel("news")
    said = [ada.say(place, "here") for place in (thread, channel, guild.general)]
    guild.owner.delete_channel(thread)
    guild.owner.delete_channel(channel)
    assert await reread(adapter, *map(know, said[:2])) == [GONE, GONE]


async def test_where_the_bot_may_not_look_nothing_is_known(adapter, application, guild, ada, question):
    reply = ada.reply(question, "We do.")
    guild.general.permit(application, deny="read_message_history")
    assert await reread(adapter, know(reply)) == [UNKNOWN]
    guild.general.permit(application, deny="view_channel")
    assert await reread(adapter, know(reply)) == [UNKNOWN]
    guild.owner.kick(guild, application.user_id)
    assert await reread(adapter, know(reply)) == [UNKNOWN]


async def test_discord_that_does_not_answer_says_nothing_of_a_reply(adapter, application, ada, question):
    reply = ada.reply(question, "We do.")
    application.fail(status=503, times=2)
    with pytest.raises(Unavailable):
        await adapter.refresh([know(reply)])
    application.mend()


async def test_an_edit_whose_words_are_withheld_makes_unknown_and_not_empty(adapter, host, ada, question):
    reply = ada.reply(question, "We do.", ping=False)
    assert await reread(adapter, know(reply, "We do.")) == [SAME]
    host.advance(timedelta(minutes=1))
    ada.edit(reply, "We did.")
    assert await reread(adapter, know(reply, "We do.")) == [UNKNOWN]


async def test_the_answer_by_form_of_somebody_silenced_is_left_out_meanwhile(adapter, host, guild, ada):
    guild.owner.time_out(guild, ada, timedelta(hours=1))
    assert await reread(adapter, know_form(guild, ada)) == [HIDDEN]
    host.advance(timedelta(hours=2))
    assert await reread(adapter, know_form(guild, ada)) == [SAME]


async def test_the_answer_by_form_of_somebody_banned_or_gone_is_left_out(adapter, guild, ada, grace):
    guild.owner.ban(guild, ada)
    grace.leave(guild)
    assert await reread(adapter, know_form(guild, ada), know_form(guild, grace)) == [HIDDEN, HIDDEN]


async def test_a_bot_that_may_see_bans_tells_who_left_from_who_was_banned(adapter, application, guild, ada, grace):
    guild.add_bot(application, "view_channel ban_members")
    guild.owner.ban(guild, ada)
    grace.leave(guild)
    assert await reread(adapter, know_form(guild, ada), know_form(guild, grace)) == [HIDDEN, SAME]
