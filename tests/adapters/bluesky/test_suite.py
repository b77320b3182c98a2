"""Bluesky passes the suite of all adapters, against the real servers."""

import pytest

from adapters.bluesky import platform
from adapters.bluesky.settings import BlueskySettings
from adapters.testing import AdapterSuite

pytestmark = pytest.mark.bluesky


class Cast:
    """ada, grace and alan on the network."""

    def __init__(self, devnet) -> None:
        self._devnet = devnet
        self._people = {}
        self._roots = {}

    async def post(self, who, text):
        return self._person(who).post(text)

    async def reply(self, to, who, text):
        root = self._roots.get(to.remote_id, to)
        written = self._person(who).reply(to, text, root=root)
        self._roots[written.remote_id] = root
        return written

    async def edit(self, reply, text):
        self._author(reply).edit(reply, text)

    async def delete(self, reply):
        self._author(reply).delete(reply)

    async def settle(self):
        self._devnet.settle()

    def _person(self, who):
        if who not in self._people:
            self._people[who] = self._devnet.add_person(who)
        return self._people[who]

    def _author(self, post):
        return next(person for person in self._people.values() if person.did in post.remote_id)


class TestBlueskySuite(AdapterSuite):
    quality = "adapters.bluesky"

    @pytest.fixture
    def people(self, devnet):
        return Cast(devnet)

    @pytest.fixture
    def unreachable(self, host):
        settings = {"service": "http://127.0.0.1:9", "appview": "http://127.0.0.1:9", "directory": "http://127.0.0.1:9"}
        return platform.connect(BlueskySettings(handle="ada.test", password="secret", **settings), host)
