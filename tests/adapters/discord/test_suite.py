"""The adapter passes the suite of all adapters, on a Discord that withholds nothing and on one that withholds words."""

from datetime import timedelta
from typing import ClassVar

import pytest

from adapters.contract.sending import Reference
from adapters.discord.sending.publish import PROVEN_AFTER
from adapters.testing import AdapterSuite
from tests.servers.discord.network import Channel


class Members:
    """The people of a channel."""

    def __init__(self, guild, host) -> None:
        self._guild = guild
        self._host = host
        self._cast = {name: guild.add_member(name) for name in ("ada", "grace", "alan")}

    async def post(self, who: str, text: str) -> Reference:
        return self._point(self._cast[who].say(self._guild.general, text))

    async def reply(self, to: Reference, who: str, text: str) -> Reference:
        return self._point(self._cast[who].reply(self._find(to), text))

    async def edit(self, reply: Reference, text: str) -> None:
        self._host.advance(timedelta(seconds=1))
        self._cast_of(reply).edit(self._find(reply), text)

    async def delete(self, reply: Reference) -> None:
        self._cast_of(reply).delete(self._find(reply))

    async def vote(self, post: Reference, who: str, option: int) -> None:
        self._cast[who].vote(self._find(post), option)

    async def settle(self) -> None:
        self._host.advance(PROVEN_AFTER)

    def _cast_of(self, reply):
        author = self._find(reply).author_id
        return next(person for person in self._cast.values() if person.id == author)

    def _find(self, reference):
        guild = self._guild
        return Channel(guild.control, reference.extra["channel"], guild.id, "").message(reference.remote_id)

    def _point(self, message) -> Reference:
        return Reference(message.id, message.link, {"channel": message.channel_id, "guild": self._guild.id})


class DiscordSuite(AdapterSuite):
    quality = "adapters.discord"
    many = 130  # two pages

    @pytest.fixture(autouse=True)
    def _place(self, guild):
        self.place = guild.general.id

    @pytest.fixture
    def people(self, guild, host):
        return Members(guild, host)

    @pytest.fixture
    def unreachable(self, connect):
        return connect(api="http://127.0.0.1:9/api/v10")


class TestDiscord(DiscordSuite):
    @pytest.fixture
    async def adapter(self, connect, application):
        application.allow_message_content(allowed=True)
        async with connect(message_content=True) as adapter:
            yield adapter


class TestDiscordThatWithholdsWords(DiscordSuite):
    impossible: ClassVar = {
        "post": "without the message content intent, what does not mention the bot has no words",
    }
