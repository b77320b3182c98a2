"""Who the bot is, and to which server a channel belongs: asked once."""

from adapters.contract.errors import Rejected
from adapters.contract.reading import Identity
from adapters.discord.rest import Rest


class Places:
    """What does not change while a bot runs."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._guilds: dict[str, str] = {}
        self._identity: Identity | None = None

    async def identify(self) -> Identity:
        """Who the bot is."""
        if self._identity is None:
            self._identity = await self.verify()
        return self._identity

    async def verify(self) -> Identity:
        """Ask Discord who the bot is; a token that was revoked meanwhile is found out."""
        told = await self._rest.get("/users/@me")
        self._identity = Identity(str(told["id"]), str(told["username"]))
        return self._identity

    async def find_guild(self, channel: str) -> str:
        """The server of a channel. Raises Rejected where the channel has none, or there is no such channel."""
        if channel not in self._guilds:
            told = await self._rest.get(f"/channels/{channel}")
            if not told.get("guild_id"):
                raise Rejected(f"the channel {channel} belongs to no server: pullquote neither asks nor reads there")
            self._guilds[channel] = str(told["guild_id"])
        return self._guilds[channel]
