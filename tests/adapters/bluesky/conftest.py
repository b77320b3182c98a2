"""One network for all tests; each test has accounts of its own."""

import os

import pytest

from adapters.bluesky import platform
from adapters.testing import RecordingHost
from tests.servers.bluesky.network import find_missing, run_devnet


@pytest.fixture(scope="session")
def devnet():
    missing = find_missing()
    if missing is not None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with run_devnet() as network:
        yield network


@pytest.fixture
def host():
    return RecordingHost()


@pytest.fixture
def asker(devnet):
    """The account under test."""
    return devnet.add_person("asker")


@pytest.fixture
def ada(devnet):
    return devnet.add_person("ada")


@pytest.fixture
def grace(devnet):
    return devnet.add_person("grace")


@pytest.fixture
def alan(devnet):
    return devnet.add_person("alan")


@pytest.fixture
async def adapter(devnet, asker, host):
    async with platform.connect(devnet.settings(asker), host) as adapter:
        yield adapter


@pytest.fixture
async def reader(devnet, host):
    """The adapter without an account."""
    async with platform.connect(devnet.settings(), host) as reader:
        yield reader
