"""Logins are few, tokens are renewed once, and no error tells a secret."""

import asyncio
from datetime import timedelta

import pytest

from adapters.bluesky import platform
from adapters.contract.errors import RateLimited, Unauthorized, Unavailable
from adapters.contract.sending import Draft
from adapters.testing import RecordingHost
from tests.adapters.bluesky.tokens import expire_session
from tests.servers.bluesky.network import read_clock, run_devnet
from tests.servers.bluesky.proxy import Answer, run_proxy

pytestmark = pytest.mark.bluesky

LOGIN = "com.atproto.server.createSession"
REFRESH = "com.atproto.server.refreshSession"
WHO = "com.atproto.server.getSession"
GONE = "http://127.0.0.1:9"
EXPIRED = Answer(400, {"error": "ExpiredToken", "message": "Token has expired"})


@pytest.fixture
async def proxy(devnet):
    async with run_proxy(devnet.pds) as proxy:
        yield proxy


@pytest.fixture
def connect(devnet, proxy, asker, host):
    """A new adapter, as after a restart: the host is all that stays."""
    settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
    return lambda: platform.connect(settings, host)


async def test_fifty_restarts_cost_one_login(connect, proxy, asker):
    for _ in range(50):
        async with connect() as adapter:
            assert (await adapter.identify()).remote_id == asker.did
    assert proxy.calls[LOGIN] == 1


async def test_nothing_is_sent_before_the_first_call(connect, proxy, host):
    async with connect() as adapter:
        await adapter.prepare(Draft("Who still prints?"), "key", host.now())
    assert proxy.calls == {}


async def test_a_token_that_the_server_calls_expired_is_renewed_without_a_login(connect, proxy, host, asker):
    async with connect() as adapter:
        await adapter.identify()
    host.saved["session"] = expire_session(host.saved["session"])
    async with connect() as adapter:
        assert (await adapter.identify()).remote_id == asker.did
    assert (proxy.calls[LOGIN], proxy.calls[REFRESH]) == (1, 1)


async def test_twenty_concurrent_expiries_make_one_refresh(connect, proxy, host, asker):
    async with connect() as adapter:
        await adapter.identify()
    host.saved["session"] = expire_session(host.saved["session"])
    async with connect() as one, connect() as other:
        found = await asyncio.gather(*[adapter.identify() for adapter in (one, other) for _ in range(10)])
    assert {identity.remote_id for identity in found} == {asker.did}
    assert (proxy.calls[LOGIN], proxy.calls[REFRESH]) == (1, 1)


async def test_a_renewed_token_is_saved_before_it_is_used(connect, proxy, host):
    async with connect() as adapter:
        await adapter.identify()
        host.saved["session"] = expire_session(host.saved["session"])
    saves, uses = len(host.saves), proxy.calls[WHO]
    proxy.breaks[WHO] = [EXPIRED, Answer(502, "gone")]
    async with connect() as adapter:
        with pytest.raises(Unavailable):
            await adapter.identify()
    assert (len(host.saves), proxy.calls[WHO]) == (saves + 1, uses + 2)


async def test_a_refresh_token_that_is_spent_falls_back_to_the_password_once(connect, proxy, host, asker):
    async with connect() as adapter:
        await adapter.identify()
    host.saved["session"] = expire_session(host.saved["session"], refresh=True)
    async with connect() as adapter:
        found = await asyncio.gather(*[adapter.identify() for _ in range(20)])
    assert {identity.remote_id for identity in found} == {asker.did}
    assert proxy.calls[LOGIN] == 2


async def test_a_server_that_refuses_even_a_fresh_token_pauses_the_account(connect, proxy):
    proxy.breaks[WHO] = [EXPIRED] * 10
    async with connect() as adapter:
        with pytest.raises(Unauthorized):
            await adapter.identify()
    assert proxy.calls[LOGIN] + proxy.calls[REFRESH] == 2


async def test_a_refresh_that_fails_for_a_while_costs_no_login(connect, proxy):
    async with connect() as adapter:
        await adapter.identify()
        proxy.breaks |= {WHO: [EXPIRED], REFRESH: [Answer(503, "busy")]}
        with pytest.raises(Unavailable):
            await adapter.identify()
        await adapter.identify()
    assert proxy.calls[LOGIN] == 1


async def test_a_stored_session_of_another_account_is_not_used(connect, devnet, proxy, host, ada):
    async with connect() as adapter:
        await adapter.identify()
    settings = devnet.settings(ada).model_copy(update={"service": proxy.url})
    async with platform.connect(settings, host) as adapter:
        assert (await adapter.identify()).remote_id == ada.did


@pytest.mark.parametrize("garbage", ["", "{", "[]", '{"handle": 1}', "null"])
async def test_a_stored_session_that_is_garbage_is_replaced(connect, host, asker, garbage):
    host.saved["session"] = garbage
    async with connect() as adapter:
        assert (await adapter.identify()).remote_id == asker.did


async def test_a_wrong_app_password_is_tried_once_and_never_told(devnet, proxy, asker, host, capsys):
    settings = devnet.settings(asker).model_dump(exclude={"password"}) | {"service": proxy.url}
    async with platform.connect(platform.settings(**settings, password="canary-7f3a"), host) as adapter:
        (part,) = await adapter.prepare(Draft("Who still prints?"), "key", host.now())
        for _ in range(5):
            with pytest.raises(Unauthorized, match="app password") as refused:
                await adapter.publish(part, ())
            assert "canary" not in str(refused.value)
    assert proxy.calls[LOGIN] == 1
    assert "canary" not in "".join(capsys.readouterr())


async def test_an_account_that_the_configured_server_does_not_know_logs_in_where_its_did_document_says(
    connect, devnet, proxy, asker, host
):
    await asyncio.to_thread(devnet.settle)  # the AppView knows the handle
    refused = {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
    proxy.breaks[LOGIN] = [Answer(401, refused)]
    async with connect() as adapter:
        assert (await adapter.identify()).remote_id == asker.did
    assert host.saved["session"].endswith(f'{devnet.pds}"}}')


async def test_an_account_that_left_a_server_that_is_silent_now_logs_in_where_its_did_document_says(
    devnet, asker, host
):
    settings = devnet.settings(asker)
    async with platform.connect(settings, host) as adapter:
        await adapter.identify()
    host.saved["session"] = host.saved["session"].replace(devnet.pds, GONE)
    host.saved["session"] = host.saved["session"].replace(f'"server": "{devnet.pds}"', f'"server": "{GONE}"')
    async with platform.connect(settings.model_copy(update={"service": GONE}), host) as adapter:
        with pytest.raises(Unavailable):
            await adapter.identify()
        assert (await adapter.identify()).remote_id == asker.did


async def test_a_session_outlives_a_silence_in_which_nobody_says_that_the_account_has_moved(devnet, asker, host):
    async with platform.connect(devnet.settings(asker), host) as adapter:
        await adapter.identify()
    host.saved["session"] = saved = host.saved["session"].replace(f":::{devnet.pds}", f":::{GONE}")
    async with platform.connect(devnet.settings(asker).model_copy(update={"directory": GONE}), host) as adapter:
        with pytest.raises(Unavailable):
            await adapter.identify()
    assert host.saved["session"] == saved


async def test_an_error_never_tells_a_token(connect, proxy, host):
    async with connect() as adapter:
        await adapter.identify()
        token = host.saved["session"].split(":::")[2]
        proxy.breaks[WHO] = [Answer(400, {"error": "InvalidRequest", "message": f"bad header: Bearer {token}"})]
        with pytest.raises(Exception, match="bad header") as refused:
            await adapter.identify()
    assert token[10:40] not in str(refused.value)


async def log_in_often(network, person):
    for _ in range(400):
        async with platform.connect(network.settings(person), RecordingHost()) as adapter:
            await adapter.identify()


async def test_a_login_limit_says_until_when():
    with run_devnet("--rate-limits") as limited:
        with pytest.raises(RateLimited) as refused:
            await log_in_often(limited, limited.add_person("ada"))
        left = refused.value.retry_at - read_clock()
    assert timedelta(0) < left < timedelta(days=1, minutes=1)
