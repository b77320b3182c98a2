"""A whole pullquote with a bot on a loopback Discord, and the people of its server: an editor, an asker, members."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from adapters.discord.advice import PERMISSIONS
from adapters.discord.settings import DiscordSettings
from adapters.registry import load_platform
from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from bot.app import App, open_app
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, GuildKeys, Retention
from bot.context import Context
from bot.questions.content import Content
from bot.scheduler.tick import tick
from storage.models import Event
from tests.running import InProcess
from tests.servers.discord.fixtures import ada, alan, application, clock, discord, grace, spec
from tests.servers.discord.network import (
    Application,
    Channel,
    Discord,
    Guild,
    Interaction,
    Message,
    Person,
    ServerClock,
)

__all__ = ["ada", "alan", "application", "clock", "discord", "grace", "spec"]

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
MAKING_KNOWN = "make commands known"
QUESTION = "What did you stop doing, and what happened?"
LEAST = " ".join(
    name.lower().replace(" ", "_") for name in PERMISSIONS if name not in ("View Channels", "Create Polls")
)
"""What the invite link asks for, by discord.py's names."""


@dataclass
class Face:
    """pullquote with one bot on Discord, `server`, and one sandbox network, `square`."""

    discord: Discord
    clock: ServerClock
    application: Application
    guild: Guild
    folder: Path
    database: str
    guilds: dict[str, dict[str, Any]]
    questions: Mapping[str, Content] = field(default_factory=dict)
    square: SandboxService = field(default_factory=lambda: SandboxService(SandboxNetwork("square")))
    square_keys: dict[str, Any] = field(default_factory=dict)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    app: App | None = None
    listening: "asyncio.Task[None] | None" = None

    @property
    def context(self) -> Context:
        assert self.app is not None
        return self.app.context

    def configure(self) -> Config:
        """Its config as it is now."""
        settings = DiscordSettings.model_validate(
            {"token": self.application.token, "api": self.discord.api, "gateway": self.discord.gateway}
        )
        every = timedelta(minutes=5)
        return Config(
            folder=self.folder,
            pullquote=General(name="The Example Review", zone="UTC"),
            database=Database(url=self.database),
            collect=Collect(),
            retention=Retention(),
            digest=Digests(private=("json",), public=("markdown",), weekly=""),
            accounts={
                "server": AccountConfig("server", load_platform("discord"), settings, collect_every=every),
                "square": AccountConfig(
                    "square",
                    load_platform("sandbox"),
                    SandboxSettings(service=self.square, **self.square_keys),
                    collect_every=every,
                ),
            },
            questions=self.questions,
            guilds={id_: GuildKeys(account="server", **keys) for id_, keys in self.guilds.items()},
        )

    async def connect(self) -> None:
        """Start it, and wait until the bot is online."""
        self.app = await self.stack.enter_async_context(open_app(self.configure(), now=self.clock, judges=InProcess()))
        adapter = await self.context.accounts.adapter(self.app.account_ids["server"])
        self.listening = asyncio.create_task(adapter.listen())
        await self.application.ready()

    async def open(self) -> None:
        """The same, and wait until Discord knows its commands."""
        await self.connect()
        await wait_for_commands()

    async def close(self) -> None:
        """Stop it."""
        if self.listening is not None:
            self.listening.cancel()
            await asyncio.gather(self.listening, return_exceptions=True)
        self.app = self.listening = None
        await self.stack.aclose()

    async def restart(self) -> None:
        """Stop it and start it again, with nothing but its database and its folder."""
        await self.close()
        async with asyncio.timeout(60):
            while self.application.sessions:  # noqa: ASYNC110  # else the old one is taken for the new one
                await asyncio.sleep(0.02)
        await self.open()

    async def tick(self, **later: float) -> None:
        """One tick, after the clock was moved."""
        self.clock.advance(**later)
        await tick(self.context)

    async def rows(self, table: Any) -> list[Any]:
        """All rows of a table."""
        async with self.context.store.read() as session:
            return list(await session.scalars(select(table).order_by(*table.__mapper__.primary_key)))

    async def told(self, kind: str) -> list[str]:
        """What was told of a kind."""
        return [event.message for event in await self.rows(Event) if event.kind == kind]

    async def repeat(self, interaction: Interaction) -> None:
        """Discord delivers it once more; wait until the bot is through with it."""
        callbacks = len(self.application.calls(CALLBACK))
        interaction.repeat()
        await self.application.called(CALLBACK, callbacks + 1)
        await drain()

    # ------------------------------------------------------------ the bot's words in a channel

    def posts(self, channel: Channel | None = None) -> list[Message]:
        """What the bot has posted where all can see it."""
        return (channel or self.guild.general).by(self.application.user_id)


@pytest.fixture
def guild(discord, application):
    """Where the bot is a member with what the invite link asks for, and no more."""
    return discord.add_guild(application, permissions=f"view_channel send_polls {LEAST}")


@pytest.fixture
def editors(guild):
    """A role that the config knows; Discord shows them the commands since they may manage messages."""
    return guild.add_role("Editors", "manage_messages")


@pytest.fixture
def askers(guild):
    return guild.add_role("Askers")


@pytest.fixture
def editor(guild, editors):
    return guild.add_member("eve", editors, display_name="Eve Editor")


@pytest.fixture
def asker(guild, askers):
    return guild.add_member("otto", askers, display_name="Otto Asks")


@pytest.fixture
async def face(
    discord, clock, application, guild, editors, askers, database, tmp_path, plain_log
) -> AsyncIterator[Face]:
    keys = {"editor_role": editors.id, "asker_role": askers.id, "accounts": ("server", "square"), "sees_config": True}
    face = Face(discord, clock, application, guild, tmp_path, database, {guild.id: keys})
    await face.open()
    yield face
    await face.close()


# ---------------------------------------------------------------- what people do


async def wait_for_commands() -> None:
    """Wait until Discord knows the commands: the bot is online before."""
    while busy := [task for task in asyncio.all_tasks() if task.get_name() == MAKING_KNOWN]:
        await asyncio.wait(busy)


async def drain() -> None:
    """Wait until the bot is through with whatever was pressed."""
    names = ("CommandTree-invoker", "discord-ui-", "discord.py: on_interaction")
    while busy := [task for task in asyncio.all_tasks() if task.get_name().startswith(names)]:
        await asyncio.wait(busy)


async def fill_in(person: Person, interaction: Interaction, **values: Any) -> Interaction:
    """Wait for the form that was opened, and hand it in."""
    return person.submit(await interaction.modal(), **values)


async def hand_in(person: Person, interaction: Interaction, **values: Any) -> Interaction:
    """The same, and wait until the bot is through with it."""
    return await through(await fill_in(person, interaction, **values))


async def press(person: Person, message: Message, label: str) -> Interaction:
    """Press a button, and wait until the bot is through with it."""
    return await through(person.press(message, message.button(label)))


async def through(interaction: Interaction) -> Interaction:
    await interaction.settled()
    await drain()
    return interaction


async def ask(face: Face, editor: Person, text: str = QUESTION, **more: Any) -> Message:
    """A question is asked on Discord by the command; answers the bot's message."""
    form = editor.command(face.guild.general, "pullquote ask")
    values = {"text": text, "where": [f"server:{face.guild.general.id}"], "closes": "7d"} | more
    preview = await (await fill_in(editor, form, **values)).response()
    await (await press(editor, preview, "Post")).updated()
    return face.posts()[-1]
