"""Every call ends soon, and its error says what may have happened."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.contract.errors import RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.discord import rest
from adapters.discord.errors import DiscordRefused

SEND = "POST /channels/{channel_id}/messages"
BODY = {"content": "hello", "allowed_mentions": {"parse": []}}


@pytest.fixture
def send(adapter, guild):
    async def send():
        return await adapter._wire.rest.post(f"/channels/{guild.general.id}/messages", BODY)

    return send


@pytest.fixture
def read(adapter):
    async def read():
        return await adapter._wire.rest.get("/users/@me")

    return read


@pytest.mark.parametrize("via", [True, False])
async def test_a_429_says_when_to_come_back_with_and_without_via(application, host, send, guild, via):
    application.fail(SEND, status=429, via=via, retry_after=600)
    with pytest.raises(RateLimited) as caught:
        await send()
    pause = caught.value.retry_at - host.now()
    assert timedelta(seconds=600) <= pause <= timedelta(seconds=721)
    assert len(application.calls(SEND)) == 1
    assert guild.general.messages() == []


async def test_a_429_that_ends_soon_is_waited_for_once(application, send, guild):
    application.fail(SEND, status=429, retry_after=0.05)
    await send()
    assert [message.content for message in guild.general.messages()] == ["hello"]
    application.fail(SEND, status=429, retry_after=0.05, times=2)
    with pytest.raises(RateLimited):
        await send()


async def test_a_global_429_is_put_off_like_any_other(application, read, host):
    application.fail(status=429, everywhere=True, retry_after=90)
    with pytest.raises(RateLimited) as caught:
        await read()
    assert caught.value.retry_at >= host.now() + timedelta(seconds=90)


@pytest.mark.parametrize("status", [429, 403, 503])
async def test_a_page_of_cloudflare_is_no_word_of_discords(application, read, host, status):
    application.fail(status=status, html=True, via=False, retry_after=600)
    with pytest.raises(Unavailable) as caught:
        await read()
    assert "<" not in str(caught.value)
    if status == 429:
        assert caught.value.retry_at > host.now()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
async def test_a_5xx_is_tried_once_and_leaves_a_write_unclear(application, send, read, status):
    application.fail(SEND, status=status)
    with pytest.raises(Uncertain):
        await send()
    application.fail("GET /users/@me", status=status)
    with pytest.raises(Unavailable):
        await read()
    assert len(application.calls(SEND)) == len(application.calls("GET /users/@me")) == 1


async def test_a_connection_that_breaks_leaves_a_write_unclear(application, send, read, guild):
    application.fail(SEND, after_effect=True)
    with pytest.raises(Uncertain):
        await send()
    assert len(guild.general.messages()) == 1
    application.fail("GET /users/@me", times=5)  # aiohttp reads once more on a connection that was kept open
    with pytest.raises(Unavailable):
        await read()
    application.mend()


async def test_a_call_without_an_answer_ends_in_time(application, send, monkeypatch):
    monkeypatch.setattr(rest, "_ONE_TRY", 0.3)
    application.fail(SEND, status=200, latency=3)
    with pytest.raises(Uncertain, match="no answer in time"):
        await send()


async def test_a_revoked_token_is_a_matter_for_a_person(application, read):
    application.revoke_token()
    with pytest.raises(Unauthorized, match="reset it in the developer portal"):
        await read()


async def test_what_discord_refuses_says_what_is_wrong_and_where(application, adapter, guild):
    with pytest.raises(DiscordRefused, match=r"(?s)50035.*content") as caught:
        await adapter._wire.rest.post(f"/channels/{guild.general.id}/messages", BODY | {"content": "x" * 5000})
    assert (caught.value.status, caught.value.code) == (400, 50035)
    application.forget_problems()


async def test_a_channel_that_is_closed_to_the_bot_says_what_it_lacks(application, send, guild):
    guild.general.permit(application, deny="view_channel")
    with pytest.raises(Rejected, match="View Channel"):
        await send()


async def test_no_error_holds_the_token(application, read):
    application.fail(status=401, message=f"bad {application.token}")
    with pytest.raises(Unauthorized, match=r"bad \[token\]") as caught:
        await read()
    assert application.token not in str(caught.value)


async def test_each_answer_says_what_time_it_is_at_discord(read, host):
    await read()
    await read()
    assert len(host.times) == 2
    assert all(abs(said - datetime.now(UTC)) < timedelta(minutes=1) for said in host.times)  # noqa: TID251
