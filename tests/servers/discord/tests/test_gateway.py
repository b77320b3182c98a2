"""The gateway as discord.py meets it: RESUME, a fresh start, closes, silence."""

import pytest

from tests.servers.discord.tests.conftest import connect, until


def words(client):
    return [message.id for message in client.heard]


async def test_what_happened_during_a_short_loss_is_replayed(application, client, guild, ada):
    before = ada.say(guild.general, "before")
    await until(lambda: client.heard)
    application.close_gateway(1006)
    during = ada.say(guild.general, "during")
    await until(lambda: len(client.heard) == 2)
    assert words(client) == [int(before.id), int(during.id)]
    assert application.gateway_log()[-1] == "resume"


async def test_a_fresh_identify_replays_nothing(application, client, guild, ada):
    application.close_gateway(4000, resumable=False)
    ada.say(guild.general, "during")
    await until(lambda: application.gateway_log().count("identify") == 2)
    after = ada.say(guild.general, "after")
    await until(lambda: client.heard)
    assert words(client) == [int(after.id)]


async def test_a_session_is_kept_for_minutes_only(application, client, guild, ada, clock):
    application.cut_off()
    ada.say(guild.general, "during")
    clock.advance(hours=1)
    application.mend()
    await until(lambda: application.gateway_log().count("identify") == 2)
    assert "invalid" in application.gateway_log()
    assert client.heard == []
    assert len(guild.general.messages()) == 1


async def test_while_cut_off_no_request_is_answered(application, api, guild):
    application.cut_off()
    with pytest.raises(Exception, match="disconnected"):
        await api.get("users/@me")
    application.mend()
    assert (await api.get("users/@me")).status_code == 200


async def test_a_revoked_token_ends_the_client_for_good(application, client):
    import discord

    application.revoke_token()
    with pytest.raises(discord.ConnectionClosed) as closed:
        await client.running
    assert closed.value.code == 4004


async def test_an_unknown_token_is_refused(discord):
    import discord as library

    async with library.Client(intents=library.Intents.none()) as client:
        with pytest.raises(library.LoginFailure):
            await client.login("nobody's")


async def test_a_refused_first_connection_ends_discord_py(application, guild):
    application.refuse_gateway(status=503)
    with pytest.raises(AttributeError):  # https://github.com/Rapptz/discord.py/issues/10520
        async with connect(application):
            pass


async def test_a_malformed_dispatch_ends_discord_py(application, client, guild):
    application.dispatch("MESSAGE_CREATE", {"channel_id": guild.general.id})
    with pytest.raises(KeyError):
        await client.running


async def test_a_half_open_connection_says_nothing(application, guild, ada):
    application.set_heartbeat(0.2)
    async with connect(application) as client:
        application.go_half_open()
        ada.say(guild.general, "unheard")
        acknowledged = client.ws._keep_alive._last_ack
        client.ws._keep_alive.heartbeat_timeout = 0.5
        # the silence is noticed by discord.py, which resumes, and then hears of it
        await until(lambda: client.heard)
        assert application.gateway_log()[-1] == "resume"
        assert client.ws._keep_alive._last_ack > acknowledged


async def test_op_7_asks_to_come_again(application, client, guild, ada):
    application.ask_reconnect()
    await until(lambda: "resume" in application.gateway_log())


async def test_an_invalidated_session_begins_anew(application, client, guild, ada):
    application.invalidate_sessions()
    await until(lambda: application.gateway_log().count("identify") == 2)


async def test_without_an_intent_its_events_are_not_told(application, guild, ada):
    async with connect(application, guild_messages=False, guild_polls=True) as client:
        votes = []
        client.event(remember("on_raw_poll_vote_add", votes))
        ada.say(guild.general, "unheard")
        poll = {"question": {"text": "Which?"}, "answers": [{"poll_media": {"text": "this"}}]}
        await client.http.send_message(int(guild.general.id), params=Parameters({"poll": poll}))
        ada.vote(guild.general.messages()[-1], 0)
        await until(lambda: votes)
        assert client.heard == []


class Parameters:
    """What discord.py sends as it is."""

    def __init__(self, payload):
        self.payload, self.files, self.multipart = payload, None, None


def remember(name, heard):
    async def listener(*told):
        heard.append(told)

    listener.__name__ = name
    return listener


async def test_each_guild_is_told_to_its_own_bots_only(discord, application, client, guild, ada):
    other = discord.add_guild()
    other.owner.say(other.general, "elsewhere")
    here = ada.say(guild.general, "here")
    await until(lambda: client.heard)
    assert words(client) == [int(here.id)]
