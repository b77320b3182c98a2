"""The proxy of the environment is used alike by every network, or one sentence names the variable."""

import asyncio
import base64
from contextlib import asynccontextmanager

import pytest

from adapters.contract.errors import AdapterError, Unavailable
from adapters.proxies import find_proxy
from adapters.registry import load_platform
from adapters.testing import RecordingHost

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
PROXY = "http://proxy.test:3128"
KEYS = {
    "bluesky": {
        "handle": "ada.example",
        "password": "x",
        "service": "http://localhost:9",
        "appview": "http://localhost:9",
        "directory": "http://localhost:9",
    },
    "discord": {"token": "x.y.z", "api": "http://localhost:9/api/v10"},
    "x": {
        **dict.fromkeys(("consumer_key", "consumer_secret", "access_token_secret"), "x"),
        "access_token": "1-abc",
        "handle": "bot",
        "api": "http://localhost:9",
    },
}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Set variables; none is set at first."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("entry", "url", "is_direct"),
    [
        ("localhost,127.0.0.1,::1,fd07:b51a:cc66:f0::/64", "http://[fd07:b51a:cc66:f0::7]:80/", True),
        ("localhost,127.0.0.1,::1,fd07:b51a:cc66:f0::/64", "https://api.x.com/2", False),
        ("localhost,[::1]", "http://[::1]:8000/", True),
        ("10.0.0.0/8", "http://10.1.2.3/", True),
        ("10.0.0.0/8", "http://11.1.2.3/", False),
        (".example.org", "https://pds.example.org/", True),
        ("example.org", "https://notexample.org/", False),
        ("example.org:444", "https://example.org:443/", False),
        ("example.org:443", "https://example.org:443/", True),
        ("*", "https://bsky.social/", True),
        ("not/a/thing, ,example.org", "https://example.org/", True),
    ],
)
def test_what_no_proxy_names_is_reached_without_one(environment, entry, url, is_direct):
    environment.setenv("ALL_PROXY", PROXY)
    environment.setenv("NO_PROXY", entry)
    assert find_proxy(url) == (None if is_direct else PROXY)


def test_the_variable_of_a_scheme_goes_before_the_one_for_all_and_a_bare_host_is_taken(environment):
    environment.setenv("ALL_PROXY", "http://all.test:1")
    environment.setenv("HTTPS_PROXY", "one.test:2")
    assert [find_proxy(f"{scheme}://a.example/") for scheme in ("https", "wss", "http")] == [
        "http://one.test:2",
        "http://one.test:2",
        "http://all.test:1",
    ]


@pytest.mark.parametrize("proxy", ["socks5://user:canary-7f3a@127.0.0.1:1080", "socks4://127.0.0.1:1", "http://a:b"])
@pytest.mark.parametrize("name", KEYS)
async def test_a_proxy_that_cannot_be_used_is_one_sentence_with_its_variable(environment, name, proxy):
    environment.setenv("ALL_PROXY", proxy)
    platform = load_platform(name)
    async with platform.connect(platform.settings.model_validate(KEYS[name]), RecordingHost()) as adapter:
        with pytest.raises(Unavailable, match="the variable ALL_PROXY names a proxy") as told:
            await adapter.identify()
    assert "canary" not in str(told.value)


@asynccontextmanager
async def run_loopback_proxy():
    """A proxy that answers nothing of use: its port, and the first line and the authorization of each request."""
    heard = []

    async def serve(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        named = dict(line.split(": ", 1) for line in head[1:] if line)
        sign = {key.lower(): value for key, value in named.items()}.get("proxy-authorization", "")
        heard.append((head[0].split(" ")[1], base64.b64decode(sign.removeprefix("Basic ")).decode()))
        writer.write(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


@pytest.mark.parametrize("name", KEYS)
async def test_every_network_goes_through_the_proxy_with_its_password(environment, name):
    platform = load_platform(name)
    async with run_loopback_proxy() as (port, heard):
        environment.setenv("HTTP_PROXY", f"http://ada:p%25w%40d@127.0.0.1:{port}")
        async with platform.connect(platform.settings.model_validate(KEYS[name]), RecordingHost()) as adapter:
            with pytest.raises(AdapterError):
                await adapter.identify()
    assert heard
    assert all(target.startswith("http://localhost:9/") for target, _ in heard)
    assert {sign for _, sign in heard} == {"ada:p%w@d"}
