"""The sandbox passes the suite of all adapters: with each kind of key, order and page, here and in another process."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.contract.sending import Reference
from adapters.sandbox import platform
from adapters.sandbox.acts import act
from adapters.sandbox.conduct import Conduct
from adapters.sandbox.process import SandboxProcess
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from adapters.testing import AdapterSuite


class Members:
    """The people of a network; `do` performs one of `adapters.sandbox.acts` now."""

    def __init__(self, do) -> None:
        self._do = do

    async def post(self, who: str, text: str) -> Reference:
        shown = self._do("post", who=who, text=text)
        return Reference(shown["id"], shown["link"])

    async def reply(self, to: Reference, who: str, text: str) -> Reference:
        shown = self._do("reply", to=to.remote_id, who=who, text=text)
        return Reference(shown["id"], shown["link"])

    async def edit(self, reply: Reference, text: str) -> None:
        self._do("edit", id=reply.remote_id, text=text)

    async def delete(self, reply: Reference) -> None:
        self._do("delete", id=reply.remote_id)

    async def vote(self, post: Reference, who: str, option: int) -> None:
        self._do("vote", id=post.remote_id, who=who, option=option)

    async def settle(self) -> None:
        """Everything is visible at once."""


class InProcessSuite(AdapterSuite):
    quality = "adapters.sandbox"
    can = SandboxSettings()
    conduct = Conduct()

    @pytest.fixture
    def service(self):
        return SandboxService(conduct=replace(self.conduct, calls=[], failures=[]))

    @pytest.fixture
    async def adapter(self, service, host):
        async with platform.connect(self.can.model_copy(update={"service": service}), host) as adapter:
            yield adapter

    @pytest.fixture
    def unreachable(self, host):
        return platform.connect(self.can.model_copy(update={"url": "http://127.0.0.1:9"}), host)

    @pytest.fixture
    def people(self, service, host):
        return Members(lambda name, **told: act(service.network, name, told | {"at": host.now().isoformat()}))


class TestSandboxLikeBluesky(InProcessSuite):
    can = SandboxSettings(polls=False)
    conduct = Conduct(page_size=7)


class TestSandboxLikeX(InProcessSuite):
    can = SandboxSettings(repeats_safely=False, settle_after=timedelta(minutes=15), newest_first=True)
    conduct = Conduct(page_size=7)


class TestSandboxLikeDiscord(InProcessSuite):
    can = SandboxSettings(poll_options=10, poll_step=timedelta(hours=1), needs_place=True, threads=False)
    place = "general"


class TestSandboxThatProvesAbsenceByText(InProcessSuite):
    can = SandboxSettings(repeats_safely=False)


class TestSandboxWithOverlappingPages(InProcessSuite):
    conduct = Conduct(page_size=7, overlap=3, shuffled=True)


class TestSandboxWithOverlappingPagesNewestFirst(InProcessSuite):
    can = SandboxSettings(newest_first=True)
    conduct = Conduct(page_size=5, overlap=4, shuffled=True)


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with SandboxProcess(tmp_path_factory.mktemp("sandbox") / "visible.jsonl") as process:
        yield process


class TestSandboxInAnotherProcess(AdapterSuite):
    quality = "adapters.sandbox"

    @pytest.fixture
    async def adapter(self, process, host):
        async with platform.connect(platform.settings(url=process.url), host) as adapter:
            yield adapter

    @pytest.fixture
    def unreachable(self, host):
        return platform.connect(platform.settings(url="http://127.0.0.1:9"), host)

    @pytest.fixture
    def people(self, process, host):
        return Members(lambda name, **told: process.act(name, at=host.now().isoformat(), **told))
