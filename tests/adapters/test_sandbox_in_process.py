"""The sandbox in this process passes the suite, with each kind of key, order and page."""

from datetime import timedelta

import pytest

from adapters.base import Reference
from adapters.sandbox import platform
from adapters.sandbox.conduct import Conduct
from adapters.sandbox.service import SandboxService
from adapters.testing import AdapterSuite, RecordingHost


class Members:
    """People of a network in this process."""

    def __init__(self, service: SandboxService, host: RecordingHost) -> None:
        self._network = service.network
        self._host = host

    async def post(self, who: str, text: str) -> Reference:
        post = self._network.post(who, text, self._host.now())
        return Reference(post.id, post.link)

    async def reply(self, to: Reference, who: str, text: str) -> Reference:
        post = self._network.post(who, text, self._host.now(), parent=to.remote_id)
        return Reference(post.id, post.link)

    async def edit(self, reply: Reference, text: str) -> None:
        self._network.edit(reply.remote_id, text, self._host.now())

    async def delete(self, reply: Reference) -> None:
        self._network.delete(reply.remote_id, self._host.now())

    async def vote(self, post: Reference, who: str, option: int) -> None:
        self._network.vote(post.remote_id, who, option, self._host.now())

    async def settle(self) -> None:
        """Everything is visible at once."""


class SandboxSuite(AdapterSuite):
    can: dict[str, object] = {}
    conduct: dict[str, object] = {}

    @pytest.fixture
    def service(self):
        return SandboxService(conduct=Conduct(**self.conduct))

    @pytest.fixture
    async def adapter(self, service, host):
        async with platform.connect(platform.settings(service=service, **self.can), host) as adapter:
            yield adapter

    @pytest.fixture
    def unreachable(self, host):
        return platform.connect(platform.settings(url="http://127.0.0.1:9", **self.can), host)

    @pytest.fixture
    def people(self, service, host):
        return Members(service, host)


class TestSandboxLikeBluesky(SandboxSuite):
    conduct = {"page_size": 7}


class TestSandboxLikeX(SandboxSuite):
    can = {"repeats_safely": False, "settle_after": timedelta(minutes=15), "newest_first": True}
    conduct = {"page_size": 7}


class TestSandboxLikeDiscord(SandboxSuite):
    can = {"poll_options": 10, "poll_step": timedelta(hours=1), "needs_place": True, "threads": False}
    place = "general"


class TestSandboxWithOverlappingPages(SandboxSuite):
    conduct = {"page_size": 7, "overlap": 3, "shuffled": True}


class TestSandboxWithOverlappingPagesNewestFirst(SandboxSuite):
    can = {"newest_first": True}
    conduct = {"page_size": 5, "overlap": 4, "shuffled": True}


class TestSandboxWithoutPolls(SandboxSuite):
    can = {"polls": False, "repeats_safely": False}
