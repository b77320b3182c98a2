"""One loopback X for all tests of a run, emptied before each."""

import os

import pytest

from adapters.testing import RecordingHost
from adapters.testing.host import START
from tests.servers.x.schema import load_spec
from tests.servers.x.tweepy_client import open_tweepy


@pytest.fixture
def network(x_process):
    """An empty X whose clock stands where that of a `RecordingHost` does."""
    x_process.reset()
    x_process.set_clock(START)
    yield x_process
    assert x_process.breaches() == []


@pytest.fixture
def host():
    return RecordingHost()


@pytest.fixture
def asker(network):
    """The account under test; it owns the app of its keys."""
    return network.add_person("asker")


@pytest.fixture
def ada(network):
    return network.add_person("ada")


@pytest.fixture
def grace(network):
    return network.add_person("grace")


@pytest.fixture
def alan(network):
    return network.add_person("alan")


@pytest.fixture
async def tweepy(network, asker):
    """tweepy's own client, signed in as `asker`."""
    async with open_tweepy(network, asker) as client:
        yield client


@pytest.fixture
async def adapter(network, asker, host):
    from adapters.x import platform

    async with platform.connect(platform.settings.model_validate(network.settings(asker)), host) as adapter:
        yield adapter


@pytest.fixture
def need_spec(network):
    """X's OpenAPI file, for the tests of what only it knows."""
    if not network.validates:
        reason = "X's OpenAPI file is not there: ../shared/specs/x-openapi.json"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return load_spec()
