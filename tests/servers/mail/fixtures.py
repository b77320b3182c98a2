"""A mailbox for tests: one Dovecot for all of a process, emptied for each."""

import os

import pytest

from adapters.mail import platform
from adapters.testing import RecordingHost
from tests.servers.mail.dovecot import Delivering, DovecotMissing, run_dovecot


@pytest.fixture(scope="session")
def dovecot_server():
    try:
        with run_dovecot() as dovecot:
            yield dovecot
    except DovecotMissing as reason:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(reason))


@pytest.fixture
def dovecot(dovecot_server):
    dovecot_server.empty()
    return dovecot_server


@pytest.fixture
def host():
    return RecordingHost()


@pytest.fixture
def mailer(dovecot):
    """The mail server in front."""
    with Delivering(dovecot) as server:
        yield server


@pytest.fixture
async def adapter(dovecot, host):
    async with platform.connect(platform.settings.model_validate(dovecot.settings()), host) as adapter:
        yield adapter
