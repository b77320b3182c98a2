"""A Discord on loopback in a process of its own, and people who write on it.

    with run_discord() as discord:
        bot = discord.add_application()
        guild = discord.add_guild(bot)
        ada = guild.add_member("ada")
        ada.say(guild.general, "hello")

A test has an application and a guild of its own (`tests/servers/discord/fixtures.py`): calls, failures and gateways are kept
by application, so one server serves a whole session. What is shared is the clock. Acts are synchronous and take about
a millisecond; what must be waited for is awaited (`Interaction.response`), or `control.wait_blocking`.
"""

import json
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tests.servers.discord.client.applications import Application, Call
from tests.servers.discord.client.control import Control, Refused
from tests.servers.discord.client.guilds import Channel, Guild, Role
from tests.servers.discord.client.interactions import Interaction, Modal
from tests.servers.discord.client.messages import Ballot, Button, File, Message
from tests.servers.discord.client.people import Person

__all__ = [
    "BOT_PERMISSIONS",
    "START",
    "USUAL_LIMITS",
    "Application",
    "Ballot",
    "Button",
    "Call",
    "Channel",
    "Discord",
    "File",
    "Guild",
    "Interaction",
    "Message",
    "Modal",
    "Person",
    "Refused",
    "Role",
    "ServerClock",
    "find_spec",
    "run_discord",
]

ROOT = Path(__file__).parents[3]
BOT_PERMISSIONS = (
    "view_channel send_messages send_messages_in_threads create_public_threads embed_links attach_files "
    "read_message_history send_polls"
)
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
"""A Monday morning, as in all tests of pullquote."""
USUAL_LIMITS = {"nonce": 300, "acknowledge": 3, "token": 900, "resume": 120}
"""In seconds of the server's clock: how long a nonce is remembered, an interaction waits to be acknowledged, its token
lives, and a lost session can be resumed."""
_READY_SECONDS = 60
_numbers = count(1)


def find_spec() -> Path | None:
    """Discord's OpenAPI file, where it lies beside the repository."""
    path = ROOT.parent / "shared" / "specs" / "discord-openapi.json"
    return path if path.is_file() else None


class ServerClock:
    """The clock of a test, as `tests.running.Clock`, which the server follows: it stands still until it is moved."""

    def __init__(self, discord: "Discord", moment: datetime = START) -> None:
        self.moment = moment
        self._discord = discord
        discord.set_time(moment)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        """Let time pass: `hours=1`, `minutes=5`; backwards where negative."""
        self.moment += timedelta(**parts)
        self._discord.set_time(self.moment)


class Discord:
    """A running server.

    url: of the server. api: for `discord.http.Route.BASE`. gateway: for `DiscordWebSocket.DEFAULT_GATEWAY`.
    """

    def __init__(self, url: str, *, validates: bool) -> None:
        self.url = url
        self.api = f"{url}/api/v10"
        self.gateway = f"ws{url.removeprefix('http')}/gateway"
        self.validates = validates
        self.control = Control(url)

    def close(self) -> None:
        self.control.close()

    @contextmanager
    def reached_by_discord_py(self) -> Iterator[None]:
        """Point the discord.py of this process here, for as long as the block."""
        import yarl
        from discord.gateway import DiscordWebSocket
        from discord.http import Route

        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api, yarl.URL(self.gateway)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    # ------------------------------------------------------------ who is there

    def add_application(
        self, name: str = "pullquote", *, message_content: bool = False, members: bool = False
    ) -> Application:
        """A bot. message_content, members: the switches of its privileged intents in the developer portal."""
        told = self.control.act("add_application", name=name, message_content=message_content, members=members)
        return Application(self.control, told["id"], told["user_id"], told["token"], name)

    def add_guild(self, *bots: Application, name: str = "", permissions: str = BOT_PERMISSIONS) -> Guild:
        """A guild with an owner, a channel #general and these bots, who have `permissions` by a role of their own."""
        told = self.control.act(
            "add_guild",
            name=name or f"guild {next(_numbers)}",
            bots=[bot.id for bot in bots],
            permissions=permissions.split(),
        )
        return Guild(
            self.control,
            told["id"],
            told["name"],
            Person(self.control, told["owner_id"], told["owner"]),
            Role(self.control, told["id"], "@everyone"),
            Channel(self.control, told["channel_id"], told["id"], "general"),
        )

    # ------------------------------------------------------------ its clock

    def set_time(self, moment: datetime, *, running: bool = False) -> None:
        """From now on it is `moment` there: standing still, or running on from it."""
        self.control.act("set_time", moment=moment.astimezone(UTC).isoformat(), running=running)

    def run_in_real_time(self) -> None:
        """The real present, running: how a server starts."""
        self.control.act("run_in_real_time")

    def advance(self, **parts: float) -> None:
        """Let time pass there: `hours=1`."""
        self.control.act("advance", seconds=timedelta(**parts).total_seconds())

    def now(self) -> datetime:
        return datetime.fromisoformat(self.control.act("now"))

    # ------------------------------------------------------------ how it behaves

    def set_limits(self, **limits: Any) -> None:
        """Other limits than `USUAL_LIMITS`."""
        self.control.act("set_limits", **limits)

    def visible(self) -> list[dict[str, Any]]:
        """Everything that became visible in any channel, in order: {"what": "create", "edit" or "delete", …}.

        The evidence where bots are killed: a message that was posted and deleted is in it twice.
        """
        return self.control.act("visible")

    def problems(self) -> list[str]:
        """Those of all applications and of the server itself."""
        return self.control.act("problems", application="")


@contextmanager
def run_discord() -> Iterator[Discord]:
    """A server, for as long as the block; it ends with this process in any case (its stdin)."""
    command = [sys.executable, "-m", "tests.servers.discord"]
    spec = find_spec()
    if spec is not None:
        command += ["--spec", str(spec)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            with closing(Discord(**json.loads(_read_first_line(process)))) as discord:
                yield discord
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def _read_first_line(process: "subprocess.Popen[str]") -> str:
    ready, _, _ = select.select([process.stdout], [], [], _READY_SECONDS)
    line = process.stdout.readline() if ready else ""
    if not line:
        raise RuntimeError("the loopback Discord did not start; see its words above")
    return line
