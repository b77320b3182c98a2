"""The adapter of X keeps every obligation of the contract, through real tweepy against the loopback X."""

from typing import ClassVar

import pytest

from adapters.testing import AdapterSuite
from adapters.x import platform


class Cast:
    """People who are made when they first act."""

    def __init__(self, network):
        self._network = network
        self._people = {}

    async def post(self, who, text):
        return self._network.post(self._person(who), text)

    async def reply(self, to, who, text):
        return self._network.reply(self._person(who), to, text)

    async def edit(self, reply, text):
        self._network.edit(reply, text)

    async def delete(self, reply):
        self._network.delete(reply)

    async def vote(self, post, who, option):
        self._network.vote(self._person(who), post, option)

    async def settle(self):
        """Nothing lags."""

    def _person(self, who):
        if who not in self._people:
            self._people[who] = self._network.add_person(who)
        return self._people[who]


class TestXSuite(AdapterSuite):
    quality = "adapters.x"
    impossible: ClassVar = {
        "handle": "a profile costs ten times as much as a reply: handles are read before something is quoted",
    }

    @pytest.fixture
    def people(self, network):
        network.behave(page_size=20)
        return Cast(network)

    @pytest.fixture
    def unreachable(self, network, asker, host):
        settings = network.settings(asker, api="http://127.0.0.1:9")
        return platform.connect(platform.settings.model_validate(settings), host)
