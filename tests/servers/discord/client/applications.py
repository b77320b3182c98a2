"""A bot's application on Discord: its token, what it was asked and told, and what goes wrong for it."""

from dataclasses import dataclass
from typing import Any

from tests.servers.discord.client.control import Control


@dataclass(frozen=True)
class Call:
    """One HTTP request of the bot. route: "POST /channels/{channel_id}/messages"; status 0: no answer was given."""

    route: str
    path: str
    query: dict[str, str]
    body: Any
    status: int
    files: tuple[str, ...]
    at: float


@dataclass(frozen=True)
class Application:
    """One bot. id: of the application. user_id: of the bot user (on Discord they are often equal; here they differ)."""

    control: Control
    id: str
    user_id: str
    token: str
    name: str

    def remove(self) -> None:
        """Cut its connections; it is in no guild any more, and its token is worth nothing."""
        self.control.act("remove_application", application=self.id)

    # ------------------------------------------------------------ what it did

    def calls(self, route: str = "") -> list[Call]:
        """Its HTTP requests in order, all or of one route ("POST /channels/{channel_id}/messages")."""
        told = self.control.act("calls", application=self.id, route=route)
        return [Call(**{**call, "files": tuple(call["files"])}) for call in told]

    def forget_calls(self) -> None:
        """Begin the list of calls anew."""
        self.control.act("forget_calls", application=self.id)

    def commands(self, guild_id: str = "") -> list[dict[str, Any]]:
        """The registered commands, global or of one guild, as Discord holds them."""
        return self.control.act("commands", application=self.id, guild=guild_id)

    def problems(self) -> list[str]:
        """What broke Discord's OpenAPI file or a documented limit, in both directions; `discord` fixtures check it."""
        return self.control.act("problems", application=self.id)

    def forget_problems(self) -> None:
        """For a test that sends something wrong on purpose."""
        self.control.act("forget_problems", application=self.id)

    # ------------------------------------------------------------ its gateway

    @property
    def sessions(self) -> int:
        """How many gateway connections are identified now."""
        return self.control.act("sessions", application=self.id)

    def gateway_log(self) -> list[str]:
        """What happened on its gateway in order: "identify", "resume", "resumed", "invalid", "close 4000", …"""
        return self.control.act("gateway_log", application=self.id)

    async def ready(self, sessions: int = 1, timeout: float = 60) -> None:
        """Wait until so many gateway connections are identified."""
        await self.control.wait("ready", timeout, application=self.id, sessions=sessions)

    async def called(self, route: str, times: int = 1, timeout: float = 60) -> list[Call]:
        """Wait until a route was asked so many times in all."""
        told = await self.control.wait("called", timeout, application=self.id, route=route, times=times)
        return [Call(**{**call, "files": tuple(call["files"])}) for call in told]

    def close_gateway(self, code: int = 1006, *, resumable: bool = True) -> None:
        """End its gateway connections: 1006 cuts the line, any other is sent as the close code (4014, 4004, 4000)."""
        self.control.act("close_gateway", application=self.id, code=code, resumable=resumable)

    def ask_reconnect(self) -> None:
        """Send op 7."""
        self.control.act("ask_reconnect", application=self.id)

    def invalidate_sessions(self) -> None:
        """Send op 9 with `false`: the bot must identify anew, and nothing is replayed."""
        self.control.act("invalidate_sessions", application=self.id)

    def go_half_open(self) -> None:
        """Its present connections stay open and say nothing more: no event, no heartbeat is answered."""
        self.control.act("go_half_open", application=self.id)

    def set_heartbeat(self, seconds: float) -> None:
        """The interval that HELLO asks for from now on (41.25 by default)."""
        self.control.act("set_heartbeat", application=self.id, seconds=seconds)

    def dispatch(self, event: str, data: Any) -> None:
        """Send any dispatch, malformed ones too, to its connections."""
        self.control.act("dispatch", application=self.id, event=event, data=data)

    def refuse_gateway(self, times: int = 1, status: int = 503) -> None:
        """Refuse the next connections before the WebSocket is open; status 0 drops them."""
        self.control.act("refuse_gateway", application=self.id, times=times, status=status)

    # ------------------------------------------------------------ what goes wrong

    def fail(
        self,
        route: str = "",
        *,
        status: int = 0,
        times: int = 1,
        after: int = 0,
        after_effect: bool = False,
        latency: float = 0,
        via: bool = True,
        retry_after: float = 1.0,
        everywhere: bool = False,
        html: bool = False,
        code: int = 0,
        message: str = "",
    ) -> None:
        """Let requests fail.

        route: "POST /channels/{channel_id}/messages", a beginning of it, or "" for all. status: 0 drops the
        connection without an answer; 200 lets it pass (for `latency`). times: how many, -1 for ever. after: so many
        pass before. after_effect: what was asked is done first ("drop after storing"). latency: real seconds before
        it. 429: with a `Via` header or without, `retry_after` in seconds, `everywhere` is the global limit. html: a
        body of Cloudflare instead of JSON. code and message: of the JSON error (50001 Missing Access, …).
        """
        told = {key: value for key, value in locals().items() if key != "self"}
        self.control.act("fail", application=self.id, **told)

    def mend(self) -> None:
        """Nothing fails any more, and it is not cut off."""
        self.control.act("mend", application=self.id)

    def cut_off(self) -> None:
        """The line is dead: connections are cut and new ones dropped, until `mend`. People go on writing."""
        self.control.act("cut_off", application=self.id)

    def revoke_token(self) -> None:
        """Every request is answered 401, the gateway closes with 4004."""
        self.control.act("revoke_token", application=self.id)

    def allow_message_content(self, *, allowed: bool) -> None:
        """The switch of the developer portal; asking for an intent that is off closes with 4014."""
        self.control.act("allow_message_content", application=self.id, allowed=allowed)

    def allow_members(self, *, allowed: bool) -> None:
        """The same for the intent of members."""
        self.control.act("allow_members", application=self.id, allowed=allowed)
