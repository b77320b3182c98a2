"""What goes wrong as tests say it, and what discord.py makes of it."""

import pytest

CREATE = "POST /channels/{channel_id}/messages"


async def send(client, guild, text="Why?"):
    return await client.get_channel(int(guild.general.id)).send(text)


async def test_a_429_with_via_is_waited_out_by_the_library(application, client, guild):
    application.fail(CREATE, status=429, via=True, retry_after=0.05)
    await send(client, guild)
    assert [call.status for call in application.calls(CREATE)] == [429, 200]


@pytest.mark.parametrize(("html", "words"), [(True, "cloudflare"), (False, "rate limited")])
async def test_a_429_without_via_is_raised_at_once(application, client, guild, html, words):
    import discord

    application.fail(CREATE, status=429, via=False, html=html)
    with pytest.raises(discord.HTTPException) as raised:
        await send(client, guild)
    assert raised.value.status == 429
    assert words in raised.value.text
    assert [call.status for call in application.calls(CREATE)] == [429]


async def test_a_global_429_holds_everything_back(application, client, guild):
    application.fail(CREATE, status=429, everywhere=True, retry_after=0.05)
    await send(client, guild)
    assert len(guild.general.messages()) == 1


async def test_a_5xx_comes_as_often_as_it_was_told(application, api, guild):
    application.fail("GET /users/@me", status=503, times=2, after=1)
    statuses = [(await api.get("users/@me")).status_code for _ in range(4)]
    assert statuses == [200, 503, 503, 200]


async def test_a_message_can_be_stored_and_its_answer_lost(application, api, guild):
    application.fail(CREATE, after_effect=True)
    with pytest.raises(Exception, match="disconnected"):
        await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?"})
    assert [message.content for message in guild.general.messages()] == ["Why?"]
    assert [call.status for call in application.calls(CREATE)] == [0]


async def test_a_message_can_be_lost_before_it_is_stored(application, api, guild):
    application.fail(CREATE)
    with pytest.raises(Exception, match="disconnected"):
        await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?"})
    assert guild.general.messages() == []


async def test_another_bot_is_not_affected(discord, application, api, guild):
    other = discord.add_application("other")
    guild.add_bot(other)
    application.fail(status=500, times=-1)
    answer = await api.get("users/@me", headers={"Authorization": f"Bot {other.token}"})
    assert answer.status_code == 200
    assert (await api.get("users/@me")).status_code == 500
    application.mend()
    assert (await api.get("users/@me")).status_code == 200
    other.remove()


async def test_an_error_has_the_code_it_was_told(application, api):
    application.fail(status=403, code=50001, message="Missing Access")
    answer = await api.get("users/@me")
    assert (answer.status_code, answer.json()) == (403, {"code": 50001, "message": "Missing Access"})


async def test_a_revoked_token_is_answered_401(application, api):
    application.revoke_token()
    assert (await api.get("users/@me")).status_code == 401
