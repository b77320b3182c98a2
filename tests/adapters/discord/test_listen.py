"""Listening: what happens is a hint, and whatever ends a client, the next one goes on."""

import asyncio

import pytest

from adapters.contract.errors import Unauthorized, Unavailable
from adapters.contract.sending import Draft
from adapters.discord.gateway.listen import listen
from adapters.testing.steps import collect, publish, watch
from tests.adapters.discord.conftest import listening, until


async def ask(adapter, host, guild, text="Who still prints?"):
    parts = await publish(adapter, host, Draft(text, place=guild.general.id))
    return guild.general.message(parts[0].remote_id), parts


async def test_a_reply_is_a_hint_to_collect(adapter, host, application, guild, ada):
    question, parts = await ask(adapter, host, guild)
    await collect(adapter, [watch(host, *parts)])
    async with listening(adapter, application):
        await until(lambda: host.hints)
        host.hints.clear()
        ada.say(guild.general, "just talking")
        ada.reply(question, "We do.")
        await until(lambda: host.hints)
        assert host.hints == [()]


async def test_edits_and_deletions_ask_for_a_re_read(adapter, host, application, guild, ada, grace):
    question, parts = await ask(adapter, host, guild)
    edited, deleted, *many = [ada.reply(question, f"answer {number}") for number in range(4)]
    await collect(adapter, [watch(host, *parts)])
    async with listening(adapter, application):
        await until(lambda: host.hints)
        host.hints.clear()
        ada.edit(edited, "another answer")
        guild.owner.delete(deleted)
        guild.owner.delete_many(many)
        await until(lambda: len(host.hints) == 3)
    told = [[reference.remote_id for reference in hint] for hint in host.hints]
    assert told == [[edited.id], [deleted.id], [message.id for message in many]]
    assert {reference.extra["channel"] for hint in host.hints for reference in hint} == {guild.general.id}


async def test_a_deleted_channel_or_thread_asks_to_re_read_all_that_was_said_there(
    connect, host, application, guild, ada
):
    application.allow_message_content(allowed=True)
    async with connect(message_content=True, collect="threads") as adapter:
        channel = guild.add_channel("news")
        parts = await publish(adapter, host, Draft("Who still prints?", place=channel.id))
        other = await publish(adapter, host, Draft("Who reads it?", place=guild.general.id))
        thread = ada.open_thread(guild.general.message(other[0].remote_id), "talk")
        await collect(adapter, [watch(host, *parts, post_id=1), watch(host, *other, post_id=2)])
        async with listening(adapter, application):
            await until(lambda: host.hints)
            host.hints.clear()
            guild.owner.delete_channel(channel)
            guild.owner.delete_channel(thread)
            await until(lambda: len(host.hints) == 2)
        assert [hint[0].remote_id for hint in host.hints] == [parts[0].remote_id, other[0].remote_id]


async def test_a_new_session_and_a_resumed_one_ask_for_a_collection(adapter, host, application):
    async with listening(adapter, application):
        await until(lambda: len(host.hints) == 1)
        application.ask_reconnect()
        await until(lambda: len(host.hints) == 2)
        application.invalidate_sessions()
        await until(lambda: len(host.hints) == 3)
    assert "resume" in application.gateway_log()


async def test_the_first_connection_may_fail(adapter, host, application, discord):
    application.refuse_gateway(times=2)
    try:
        async with listening(adapter, application):
            await until(lambda: host.hints)
    finally:
        application.mend()


async def test_an_event_that_cannot_be_read_ends_a_client_and_not_the_listening(adapter, host, application, guild, ada):
    question, _ = await ask(adapter, host, guild)
    async with listening(adapter, application) as task:
        await until(lambda: host.hints)
        application.dispatch("MESSAGE_CREATE", {"id": "no number"})
        await until(lambda: len(host.hints) >= 2)
        await application.ready()
        host.hints.clear()
        ada.reply(question, "still heard")
        await until(lambda: host.hints)
        assert not task.done()


async def test_a_half_open_socket_is_noticed_within_two_heartbeats(adapter, host, application):
    application.set_heartbeat(1.5)
    async with listening(adapter, application, silence=2.0):
        await until(lambda: host.hints)
        application.go_half_open()
        began = asyncio.get_running_loop().time()
        await until(lambda: len(host.hints) >= 2)
        assert asyncio.get_running_loop().time() - began < 30  # two heartbeats, and a machine with other work


@pytest.mark.parametrize("code", [4014, 4004])
async def test_what_a_person_has_to_mend_ends_listening_for_good(adapter, application, code):
    async with listening(adapter, application) as task:
        application.close_gateway(code)
        with pytest.raises(Unauthorized, match="developer portal"):
            await asyncio.wait_for(task, 60)


async def test_a_revoked_token_ends_listening_for_good(adapter, application):
    async with listening(adapter, application) as task:
        application.revoke_token()
        with pytest.raises(Unauthorized, match="token"):
            await asyncio.wait_for(task, 60)


async def test_an_intent_that_is_not_switched_on_is_told_before_the_gateway_refuses_it(connect, application):
    async with connect(message_content=True) as adapter:
        with pytest.raises(Unauthorized, match="Message Content Intent is not switched on"):
            await asyncio.wait_for(adapter.listen(), 60)
    assert application.gateway_log() == []


async def test_short_lives_in_a_row_are_told_outside(adapter, application):
    application.fail(status=503, times=-1)
    listening_now = listen(adapter._settings, adapter._wire, lambda: (), None, pauses=(0.01, 0.01))
    try:
        with pytest.raises(Unavailable, match="3 times in a row"):
            await asyncio.wait_for(listening_now, 180)
    finally:
        application.mend()


async def test_the_servers_that_the_bot_left_while_it_was_away_are_told(adapter, host, application, discord, guild):
    second = discord.add_guild(application)
    async with listening(adapter, application):
        await until(lambda: host.inbox.guilds == {guild.id, second.id})
    second.owner.kick(second, application.user_id)
    async with listening(adapter, application):
        await until(lambda: host.inbox.guilds == {guild.id})
        guild.owner.kick(guild, application.user_id)
        await until(lambda: host.inbox.guilds == set())
        guild.add_bot(application, "view_channel")
        await until(lambda: host.inbox.guilds == {guild.id})


async def test_an_outage_of_a_server_is_no_removal(adapter, host, application, guild):
    async with listening(adapter, application):
        await until(lambda: host.inbox.guilds == {guild.id})
        guild.set_available(available=False)
        guild.set_available(available=True)
        application.ask_reconnect()
        await until(lambda: len(host.hints) >= 2)
        assert host.inbox.guilds == {guild.id}


@pytest.mark.parametrize("times", [10, pytest.param(100, marks=pytest.mark.soak)])
async def test_after_many_reconnects_there_is_one_listener(adapter, host, application, guild, ada, times):
    question, parts = await ask(adapter, host, guild)
    await collect(adapter, [watch(host, *parts)])
    async with listening(adapter, application):
        for number in range(times):
            before = len(host.hints)
            if number % 10:
                application.ask_reconnect()
            else:
                application.close_gateway(1006, resumable=False)
            await until(lambda before=before: len(host.hints) > before)
        await application.ready()
        assert application.sessions == 1
        host.hints.clear()
        ada.reply(question, "heard once")
        await until(lambda: host.hints)
        assert host.hints == [()]


async def test_commands_are_made_known_once_and_again_when_they_change(adapter, host, application):
    async def install(client, tree):
        @tree.command(name=names[-1], description="A test.")
        async def command(interaction):
            """Nothing."""

    names = ["one"]
    adapter.offer_commands(install)
    for _ in range(2):
        async with listening(adapter, application):
            pass
    assert len(application.calls("PUT /applications/{application_id}/commands")) == 1
    names.append("two")
    async with listening(adapter, application):
        pass
    assert {command["name"] for command in application.commands()} == {"two", "Save as quote"}


async def test_a_refusal_of_the_commands_is_no_reason_not_to_listen(adapter, host, application):
    application.fail("PUT /applications/{application_id}/commands", status=400)
    async with listening(adapter, application):
        await until(lambda: host.hints)
    async with listening(adapter, application):
        await until(application.commands)


async def test_after_a_gap_what_is_stored_is_read_again_once(adapter, host, application, guild, ada):
    question, parts = await ask(adapter, host, guild)
    ada.reply(question, "an answer")
    async with listening(adapter, application):
        await until(lambda: host.hints)
        host.hints.clear()
        for _ in range(2):
            await collect(adapter, [watch(host, *parts)])
    assert [[reference.remote_id for reference in hint] for hint in host.hints] == [[parts[0].remote_id]]


async def test_what_the_bot_changes_itself_asks_for_nothing(adapter, host, application, guild, ada):
    question, parts = await ask(adapter, host, guild)
    reply = ada.reply(question, "an answer")
    async with listening(adapter, application):
        await until(lambda: host.hints)
        await collect(adapter, [watch(host, *parts)])
        host.hints.clear()
        await adapter._wire.rest.patch(f"/channels/{guild.general.id}/messages/{question.id}", {"content": "n: 2"})
        ada.edit(reply, "another answer")
        await until(lambda: host.hints)
    assert guild.general.message(question.id).edited_at is not None
    assert [[reference.remote_id for reference in hint] for hint in host.hints] == [[reply.id]]


async def test_commands_that_discord_keeps_waiting_do_not_hold_up_the_gateway(adapter, host, application):
    application.fail("PUT /applications/{application_id}/commands", status=200, latency=30)
    async with listening(adapter, application):
        async with asyncio.timeout(10):
            await until(lambda: host.hints)
    application.mend()
