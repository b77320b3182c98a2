"""How soon the bot acknowledges on Discord while 100,000 replies are being filtered, beside the same bot at rest.

A whole bot is connected to the loopback Discord of the tests, which is a process of its own, and so are the people,
who use a command every tenth of a second. An acknowledgement is timed by that Discord, from the dispatch of the
interaction to the callback; the lag is what a ticker in the bot overslept. At rest is measured before and after the
filtering, in the same minutes: on a machine that does other work, the difference is ours and the rest is the machine's.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import select

from adapters.contract.optional import Listens
from adapters.registry import load_platform
from bench.filter_lag import find_p99, seed, tick
from bench.rows import START
from bench.table import Figure, Figures
from bot.app import open_app
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, GuildKeys, Retention
from bot.context import Context
from bot.replies.judge import judge_question
from storage.models import Question
from tests.servers.discord.network import Application, Discord, Guild, run_discord

EVERY = 0.1
"""Seconds between two commands of the people."""
AT_REST = 15.0
"""Seconds of rest before, and as many after."""
COMMANDS = ("privacy", "my-answers")


@dataclass(slots=True)
class Measured:
    """Milliseconds."""

    acknowledged: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    unanswered: int = 0

    def __str__(self) -> str:
        lost = f", {self.unanswered} never" if self.unanswered else ""
        return (
            f"{len(self.acknowledged)} acknowledgements {describe(self.acknowledged)}{lost}, lag {describe(self.lags)}"
        )


def describe(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:.1f} p99 {cuts[98]:.1f} max {max(times):.1f} ms"


def use_commands(url: str, guild_id: str, channel_id: str, person_id: str, orders: Connection) -> None:
    """The people, in a process of their own: from `begin` to `end` they use commands, then tell how long each took."""
    from tests.servers.discord.client.guilds import Channel
    from tests.servers.discord.client.people import Person

    discord = Discord(url, validates=False)
    person = Person(discord.control, person_id, "ada")
    channel = Channel(discord.control, channel_id, guild_id, "general")
    while orders.recv() == "begin":
        used: list[Any] = []
        while not orders.poll(EVERY):
            used.append(person.command(channel, COMMANDS[len(used) % len(COMMANDS)]))
        orders.recv()
        time.sleep(1)  # the last ones may be on their way
        orders.send([interaction.acknowledged_after for interaction in used])


def make_config(folder: Path, discord: Discord, application: Application, guild: Guild) -> Config:
    platform = load_platform("discord")
    settings = platform.settings.model_validate(
        {"token": application.token, "api": discord.api, "gateway": discord.gateway}
    )
    return Config(
        folder=folder,
        pullquote=General(name="The Example Review"),
        database=Database(),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(weekly=""),
        accounts={"server": AccountConfig("server", platform, settings, collect_every=timedelta(hours=1))},
        questions={},
        guilds={guild.id: GuildKeys(account="server")},
    )


@asynccontextmanager
async def listening(config: Config, application: Application) -> AsyncIterator[Context]:
    """The bot, online."""
    async with open_app(config, now=lambda: START + timedelta(days=7)) as app:
        adapter = await app.context.accounts.adapter(app.account_ids["server"])
        assert isinstance(adapter, Listens)
        task = asyncio.create_task(adapter.listen())
        await application.ready()
        try:
            yield app.context
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def measure(orders: Connection, work: Coroutine[Any, Any, object], into: Measured) -> None:
    """Let people use commands and the loop be watched while `work` is done."""
    ticker = asyncio.create_task(tick(into.lags, []))
    orders.send("begin")
    await work
    orders.send("end")
    ticker.cancel()
    for seconds in await asyncio.to_thread(orders.recv):
        if seconds is None:
            into.unanswered += 1
        else:
            into.acknowledged.append(seconds * 1000)


async def run(config: Config, application: Application, orders: Connection) -> tuple[Measured, Measured, float]:
    """At rest, while filtering, and how long that took."""
    rest, busy = Measured(), Measured()
    async with listening(config, application) as context:
        async with context.store.read() as session:
            (question_id,) = await session.scalars(select(Question.id))
        await measure(orders, asyncio.sleep(2), Measured())  # the first use of anything is slower
        await measure(orders, asyncio.sleep(AT_REST), rest)
        began = time.perf_counter()
        await measure(orders, judge_question(context, question_id), busy)
        seconds = time.perf_counter() - began
        await measure(orders, asyncio.sleep(AT_REST), rest)
    orders.send("go home")
    return rest, busy, seconds


def main(count: int = 100_000) -> Figures:
    """Print two lines."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, run_discord() as discord:
        seeding = spawn.Process(target=seed, args=(Path(folder), count))
        seeding.start()
        seeding.join()
        discord.run_in_real_time()
        application = discord.add_application()
        guild = discord.add_guild(application)
        ours, theirs = spawn.Pipe()
        told = (discord.url, guild.id, guild.general.id, guild.add_member("ada").id, theirs)
        people = spawn.Process(target=use_commands, args=told)
        people.start()
        config = make_config(Path(folder), discord, application, guild)
        rest, busy, seconds = asyncio.run(run(config, application, ours))
        people.join(timeout=30)
    print(f"discord while {count} replies are filtered ({seconds:.0f} s): {busy}")
    print(f"discord at rest in the same minutes: {rest}")
    figure = Figure(find_p99(busy.acknowledged), find_p99(rest.acknowledged))
    return {f"Discord is answered, p99, {count:,} judged": figure}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
