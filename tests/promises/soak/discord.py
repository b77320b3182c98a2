"""The loopback Discord as the network of a kill test."""

from datetime import datetime

from tests.promises.soak.people import CAST
from tests.promises.soak.seen import Seen, SeenPost
from tests.promises.soak.world import HANDLES, JSON
from tests.running import START
from tests.servers.discord.network import Channel, Discord

PADDING = 172
"""Words that make a question three messages of at most 2,000 characters."""


class LoopbackDiscord:
    """Two bots and three people in a guild of their own. Its clock is the bots', so that nonces are forgotten between
    two of them as they are in reality.
    """

    name = "discord"
    can_change = False  # edits and deletions are found by reading again, which is not killed here
    start = START

    def __init__(self, discord: Discord) -> None:
        self._discord = discord
        discord.set_time(START)
        bots = {name: discord.add_application(name, message_content=True) for name in HANDLES}
        guild = discord.add_guild(*bots.values())
        self._guild = guild
        self._channels: dict[str, str] = {}
        self._people = {name: guild.add_member(name) for name in CAST}
        self._names = {bot.user_id: name for name, bot in bots.items()}
        self._names |= {person.id: name for name, person in self._people.items()}
        self._bots = bots
        reached = {"api": discord.api, "gateway": discord.gateway, "message_content": True}
        self.world: JSON = {
            "platform": "discord",
            "accounts": {name: {"token": bot.token, **reached} for name, bot in bots.items()},
            "places": {name: guild.add_channel(name).id for name in HANDLES},
            "padding": PADDING,
            "start": START.isoformat(),
            "clock": f"{discord.url}/control/set_time",
            "clock_key": "moment",
        }

    def seen(self) -> Seen:
        """Every message that was ever visible: what was posted and deleted again is in it."""
        posts: dict[str, SeenPost] = {}
        for change in self._discord.visible():
            if change["author"] not in self._names or change["what"] != "create":
                continue
            name, parent = change["message"], change["reply_to"] or ""
            root = posts[parent].root if parent else name
            posts[name] = SeenPost(name, self._names[change["author"]], parent, root, [change["content"]], [])
            self._channels[name] = change["channel"]
        return Seen(posts.values())

    def write(self, who: str, to: str, text: str, at: datetime) -> str:  # bots set the time
        self.seen()
        channel = Channel(self._guild.control, self._channels[to], self._guild.id, "")
        return self._people[who].reply(channel.message(to), text).id

    def edit(self, post_id: str, text: str, at: datetime) -> None:
        raise NotImplementedError

    def delete(self, post_id: str, at: datetime) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        """Everything is visible at once."""

    def problems(self) -> list[str]:
        """What broke Discord's rules."""
        return [problem for bot in self._bots.values() for problem in bot.problems()]
