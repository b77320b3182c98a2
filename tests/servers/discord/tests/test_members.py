"""Permissions, bans, time-outs, and the bot that is removed."""

from datetime import timedelta

import pytest

from tests.servers.discord.network import Refused
from tests.servers.discord.tests.conftest import connect, until


async def say(api, channel, text="Why?"):
    return await api.post(f"channels/{channel.id}/messages", json={"content": text})


async def test_what_a_bot_may_follows_from_roles_and_overwrites(api, application, guild):
    assert (await say(api, guild.general)).status_code == 200
    guild.general.permit(application, deny="send_messages")
    assert (await say(api, guild.general)).json()["code"] == 50013
    guild.general.permit(application, deny="view_channel")
    assert (await say(api, guild.general)).json()["code"] == 50001
    guild.general.permit(guild.everyone, deny="view_channel")
    guild.general.permit(application, allow="view_channel")
    assert (await say(api, guild.general)).status_code == 200


async def test_without_the_history_permission_history_is_empty(api, application, guild, ada):
    said = ada.say(guild.general, "hello")
    guild.general.permit(application, deny="read_message_history")
    assert (await api.get(f"channels/{guild.general.id}/messages")).json() == []
    assert (await api.get(f"channels/{guild.general.id}/messages/{said.id}")).json()["code"] == 50013


async def test_a_channel_that_is_not_seen_is_not_told_of(application, client, guild, ada):
    hidden = guild.add_channel("hidden")
    hidden.permit(application, deny="view_channel")
    ada.say(hidden, "unheard")
    ada.say(guild.general, "heard")
    await until(lambda: client.heard)
    assert [message.channel.name for message in client.heard] == ["general"]


async def test_people_moderate_only_where_they_may(guild, ada, grace):
    said = ada.say(guild.general, "mine")
    with pytest.raises(Refused):
        grace.delete(said)
    with pytest.raises(Refused):
        grace.ban(guild, ada)
    guild.owner.delete(said)
    assert said.reload() is None


async def test_who_is_banned_is_gone_and_so_may_their_messages_be(api, guild, ada, grace, clock):
    old = ada.say(guild.general, "old")
    clock.advance(hours=3)
    new = ada.say(guild.general, "new")
    guild.owner.ban(guild, ada, delete_messages=timedelta(hours=1))
    assert (old.reload().content, new.reload()) == ("old", None)
    with pytest.raises(Refused):
        ada.say(guild.general, "back")
    assert (await api.get(f"guilds/{guild.id}/members/{ada.id}")).json()["code"] == 10007
    assert (await api.get(f"guilds/{guild.id}/members/{grace.id}")).status_code == 200
    with pytest.raises(Refused, match="banned"):
        guild.join(ada)
    guild.owner.unban(guild, ada)
    guild.join(ada)


async def test_bans_are_shown_to_who_may_ban(api, discord, application, guild, ada):
    guild.owner.ban(guild, ada)
    assert (await api.get(f"guilds/{guild.id}/bans/{ada.id}")).json()["code"] == 50013
    strict = discord.add_guild(application, permissions="ban_members view_channel")
    assert (await api.get(f"guilds/{strict.id}/bans/{ada.id}")).json()["code"] == 10026


async def test_who_is_timed_out_reads_and_does_nothing_else_until_it_is_over(api, guild, ada, clock):
    body = {"poll": {"question": {"text": "Which?"}, "answers": [{"poll_media": {"text": "this"}}]}}
    await api.post(f"channels/{guild.general.id}/messages", json=body)
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Answer", "custom_id": "answer"}]}
    await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?", "components": [row]})
    question = guild.general.messages()[-1]
    guild.owner.time_out(guild, ada, timedelta(minutes=10))
    with pytest.raises(Refused):
        ada.say(guild.general, "hello")
    with pytest.raises(Refused, match="timed out"):
        ada.press(question, "answer")
    member = (await api.get(f"guilds/{guild.id}/members/{ada.id}")).json()
    assert member["communication_disabled_until"] is not None
    clock.advance(minutes=11)
    ada.say(guild.general, "hello")


async def test_members_are_listed_only_with_their_intent(api, application, guild, ada):
    assert (await api.get(f"guilds/{guild.id}/members", params={"limit": 10})).status_code == 403
    application.allow_members(allowed=True)
    listed = (await api.get(f"guilds/{guild.id}/members", params={"limit": 10})).json()
    assert ada.id in [member["user"]["id"] for member in listed]


async def test_a_bot_that_is_removed_hears_of_it_and_of_nothing_more(application, client, api, guild, ada):
    removed = []

    async def on_guild_remove(left):
        removed.append(left.id)

    client.event(on_guild_remove)
    guild.owner.kick(guild, application.user_id)
    await until(lambda: removed)
    ada.say(guild.general, "unheard")
    assert (await say(api, guild.general)).json()["code"] == 50001
    guild.add_bot(application, "view_channel send_messages")
    ada.say(guild.general, "heard")
    await until(lambda: client.heard)
    assert len(client.heard) == 1


async def test_an_outage_is_no_removal(client, guild):
    events = []

    def remember(name):
        async def listener(*_):
            events.append(name)

        listener.__name__ = f"on_guild_{name}"
        return listener

    for name in ("remove", "unavailable", "available"):
        client.event(remember(name))
    guild.set_available(available=False)
    guild.set_available(available=True)
    await until(lambda: "available" in events)
    assert "remove" not in events


async def test_bulk_deletion_is_one_event_and_takes_only_young_messages(application, guild, ada, clock):
    old = ada.say(guild.general, "old")
    clock.advance(days=15)
    young = [ada.say(guild.general, f"spam {number}") for number in range(3)]
    with pytest.raises(Refused, match="14 days"):
        guild.owner.delete_many([old, *young])
    async with connect(application) as client:
        events = []

        async def on_raw_bulk_message_delete(event):
            events.append(event.message_ids)

        client.event(on_raw_bulk_message_delete)
        guild.owner.delete_many(young)
        await until(lambda: events)
    assert events == [{int(message.id) for message in young}]
